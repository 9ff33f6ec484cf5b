using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>The style sheet of the server's own pages: in the page, since there may be no app to serve a file.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --ground: #faf7f2; --card: #fff; --ink: #23201d; --soft: #655e57; --line: #e4ddd3;
          --brick: #a63d22; --brick-ground: #fbe9e4; --mark: #fde4dc; --code: #f6f2eb; --link: #1f5f8b;
          --good: #1f6b45; --good-ground: #e2f3e9; --wait: #7a5200; --wait-ground: #fbefd3;
          --mono: ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #171412; --card: #201c1a; --ink: #ede7e0; --soft: #aaa199; --line: #38322d;
            --brick: #ff9b80; --brick-ground: #47251b; --mark: #4a2419; --code: #1a1715; --link: #84c1ea;
            --good: #86d6aa; --good-ground: #17372a; --wait: #f0c465; --wait-ground: #3d2f10;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
        }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        header { display: flex; gap: .9rem; align-items: center; margin-bottom: 1.1rem; }
        header svg { flex: none; width: 3.25rem; height: auto; }
        h1 { font-size: clamp(1.3rem, 4.5vw, 1.75rem); line-height: 1.2; margin: 0; letter-spacing: -.01em; }
        h2 { font-size: 1rem; line-height: 1.45; margin: 0; }
        p { margin: .6rem 0; }
        a { color: var(--link); }
        .lead { font-size: 1.06rem; margin: 0 0 1rem; }
        .soft { color: var(--soft); }
        .note { border-left: .25rem solid var(--good); background: var(--good-ground); border-radius: .25rem; padding: .55rem .9rem; }
        .watch { color: var(--soft); font-size: .92rem; }
        .watch.live::before {
          content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .5em; border-radius: 50%;
          background: var(--good); animation: breathe 2s ease-in-out infinite;
        }
        .watch.away::before { background: var(--wait); }
        @keyframes breathe { 50% { opacity: .25; } }
        @media (prefers-reduced-motion: reduce) { .watch.live::before { animation: none; } }
        .card {
          background: var(--card); border: 1px solid var(--line); border-radius: .7rem; margin: 1.1rem 0; overflow: hidden;
          box-shadow: 0 1px 2px rgb(0 0 0 / .05);
        }
        .card > * { margin: 0; padding: .8rem 1.1rem; }
        .card > * + * { border-top: 1px solid var(--line); }
        .card > h2 + .place { border-top: 0; padding-top: 0; }
        .words { white-space: pre-wrap; }
        .place { font: .9rem/1.5 var(--mono); color: var(--soft); }
        .place b { color: var(--ink); }
        .chip { display: inline-block; font: 600 .76rem/1.6 var(--mono); border-radius: 1rem; padding: .02rem .6rem; white-space: nowrap; }
        .error, .failed { color: var(--brick); background: var(--brick-ground); }
        .warning, .starting, .disabled { color: var(--wait); background: var(--wait-ground); }
        .running { color: var(--good); background: var(--good-ground); }
        .idle, .stopped { color: var(--soft); background: var(--code); box-shadow: inset 0 0 0 1px var(--line); }
        pre { font: .84rem/1.6 var(--mono); overflow-x: auto; overflow-wrap: normal; tab-size: 4; background: var(--code); }
        pre:focus-visible, a:focus-visible { outline: .15rem solid var(--link); outline-offset: -.15rem; }
        pre.source { padding: .6rem 0; }
        .line { display: grid; grid-template-columns: 3.9em minmax(0, 1fr); padding-right: 1rem; color: inherit; }
        .line > code { white-space: pre-wrap; overflow-wrap: anywhere; }
        .number { padding-right: 1.2em; text-align: right; color: var(--soft); user-select: none; }
        mark.line { background: var(--mark); box-shadow: inset .25rem 0 var(--brick); }
        mark.line .number { color: var(--brick); font-weight: 700; }
        mark u { text-decoration: underline wavy var(--brick) 1.5px; text-underline-offset: .25em; text-decoration-skip-ink: none; }
        pre.stack { max-height: 32rem; }
        pre.stack .own { font-weight: 700; }
        pre.stack .other { color: var(--soft); }
        ul.apps { list-style: none; padding: 0; }
        ul.apps li { display: flex; gap: .75rem; align-items: center; justify-content: space-between; padding: .5rem 1.1rem; }
        ul.apps li + li { border-top: 1px solid var(--line); }
        kbd { display: block; font: .9rem/1.6 var(--mono); background: var(--code); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0 0; }
        code { font-family: var(--mono); font-size: .92em; }
        pre code { font-size: inherit; }
        .calm { max-width: 34rem; min-height: 80vh; display: grid; align-content: center; text-align: center; }
        .calm header { flex-direction: column; }
        .calm header svg { width: 5rem; }
        """;

    /// <summary>The source expression that lets a browser take exactly this style sheet (CSP level 3).</summary>
    public static readonly string Hash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}";
}
