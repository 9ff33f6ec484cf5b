// Keeps the list of apps fresh, and rests while nobody looks.
(() => {
  const live = document.getElementById("live");
  const usual = 4000;
  const longest = 30000;
  let pause = usual;
  let timer = 0;
  let shown = "";

  const focused = () => {
    const link = document.activeElement;
    return live.contains(link) ? link.getAttribute("href") : null;
  };

  const show = html => {
    if (shown === html) {
      return;
    }
    const href = focused();
    live.innerHTML = html;
    shown = html;
    if (href) {
      [...live.querySelectorAll("a")].find(link => link.getAttribute("href") === href)?.focus();
    }
  };

  const refresh = async () => {
    try {
      const answer = await fetch(live.dataset.url, { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      show(await answer.text());
      live.classList.remove("stale");
      pause = usual;
    } catch {
      live.classList.add("stale");
      pause = Math.min(pause * 2, longest);
    }
    plan();
  };

  const plan = () => {
    clearTimeout(timer);
    if (!document.hidden) {
      timer = setTimeout(refresh, pause);
    }
  };

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) {
      pause = usual;
      refresh();
    }
  });
  plan();
})();
