// Runs before the first paint, so that a forced theme never flashes in the other one.
(() => {
  try {
    const theme = localStorage.getItem('hookloom.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's theme holds.
  }
})();
