/** Kinds of file that run, install or script something when opened on Windows, macOS or Linux. */
const dangerousExtensions = new Set([
  ...['ace', 'app', 'appimage', 'appinstaller', 'appx', 'apk', 'bat', 'chm', 'cmd', 'com', 'command', 'cpl', 'deb'],
  ...['desktop', 'dll', 'dmg', 'docm', 'dotm', 'exe', 'gadget', 'hta', 'img', 'inf', 'ins', 'iso', 'jar', 'jnlp', 'js'],
  ...['jse', 'lnk', 'mht', 'mhtml', 'mobileconfig', 'msc', 'msi', 'msix', 'msp', 'mst', 'one', 'pif', 'pkg', 'potm'],
  ...[
    'ppam',
    'ppsm',
    'pptm',
    'ps1',
    'psm1',
    'py',
    'reg',
    'rpm',
    'scf',
    'scpt',
    'scr',
    'sct',
    'settingcontent-ms',
    'sh',
  ],
  ...['svg', 'terminal', 'url', 'vb', 'vbe', 'vbs', 'vhd', 'vhdx', 'wsc', 'wsf', 'wsh', 'xbap', 'xlam', 'xll', 'xlsm'],
  ...['xltm', 'htm', 'html', 'shtml', 'xhtml'],
]);

/** Judged by the last extension, which is the one that the system obeys; `invoice.pdf.exe` is a program. */
export function isDangerousFile(name: string): boolean {
  // Trailing dots and spaces are dropped by Windows; characters that turn the reading direction hide an extension.
  const plain = name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/[.\s]+$/, '');
  const dot = plain.lastIndexOf('.');
  return dot >= 0 && dangerousExtensions.has(plain.slice(dot + 1).toLowerCase());
}
