using System.Security.Cryptography;
using System.Text;

namespace Rowhouse.Hosting;

/// <summary>
/// The script of the error pages: asks the server until something has changed, then reloads the page. The answer 200 means
/// changed, 204 not yet. Hidden pages ask nothing: a browser opens only six HTTP/1.1 connections to a server, and a few
/// forgotten tabs would take them all.
/// </summary>
internal static class PageScript
{
    public const string JavaScript = """
        (() => {
          const note = document.getElementById("watch");
          const briefly = 300, longest = 5000, longestAnswer = 90000;
          let pause = briefly, wasAway = false;
          const sleep = time => new Promise(done => setTimeout(done, time));
          const shown = () => new Promise(done => {
            const look = () => {
              if (!document.hidden) { document.removeEventListener("visibilitychange", look); done(); }
            };
            document.addEventListener("visibilitychange", look);
            look();
          });
          const say = (words, away) => {
            if (note.textContent !== words) { note.textContent = words; }
            note.className = away ? "watch live away" : "watch live";
          };
          const ask = async () => {
            const stop = new AbortController();
            let ended = false;
            const hide = () => { if (document.hidden) { ended = true; stop.abort(); } };
            const timer = setTimeout(() => { ended = true; stop.abort(); }, longestAnswer);
            document.addEventListener("visibilitychange", hide);
            try {
              return (await fetch(note.dataset.url, { cache: "no-store", signal: stop.signal })).status;
            } catch {
              return ended ? 204 : 0;
            } finally {
              clearTimeout(timer);
              document.removeEventListener("visibilitychange", hide);
            }
          };
          const watch = async () => {
            for (;;) {
              await shown();
              say(wasAway ? "The server does not answer; this page goes on trying." : "This page reloads itself once a change is saved.", wasAway);
              const status = await ask();
              // A server that was away has started anew and does not know what this page waits for.
              if (status === 200 || (status === 204 && wasAway && !document.hidden)) {
                say("Reloading…", false);
                location.reload();
                return;
              }
              wasAway = wasAway || status !== 204;
              pause = status === 204 ? briefly : Math.min(pause * 2, longest);
              await sleep(pause);
            }
          };
          watch();
        })();
        """;

    /// <summary>The source expression that lets a browser run exactly this script (CSP level 3).</summary>
    public static readonly string Hash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(JavaScript)))}";
}
