// Before the first paint: say that scripts run, and take the theme the reader chose last.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('onrecord-theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch { /* storage may be closed to files: the system's theme holds */ }
