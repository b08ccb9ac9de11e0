// Runs before the first paint so that a stored theme or language never flashes the other one.
// An external file because the content security policy refuses inline scripts.
// The policy also refuses code made from strings, so zod must not try (it would log a violation).
globalThis.__zod_globalConfig = { jitless: true };

(function applyStoredPreferences() {
  try {
    var theme = localStorage.getItem("headcount.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem("headcount.language");
    var chinese = language ? language === "zh-Hans" : /^zh\b/i.test(navigator.language);
    if (chinese) document.documentElement.lang = "zh-Hans";
  } catch {
    // Storage is refused in some private windows; the system's theme and English remain.
  }
})();
