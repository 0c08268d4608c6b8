/** The program's mark, as on its icon: a letter with the notches of a ticket. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="16 16 480 480" aria-hidden="true" focusable="false">
      <rect x="16" y="16" width="480" height="480" rx="104" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M96 160 H416 V228 A28 28 0 0 0 416 284 V352 H96 V284 A28 28 0 0 0 96 228 Z"
        fill="#fff"
        stroke="#fff"
        strokeWidth="24"
        strokeLinejoin="round"
      />
      <path
        d="M140 180 L256 276 L372 180"
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth="30"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
