import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core';

// The only place with colours and spacing. Style modules use the --mr-… variables below and Mantine's own.

const accent: MantineColorsTuple = [
  '#eaf3fb',
  '#d6e7f6',
  '#adcfec',
  '#81b5e1',
  '#559bd5',
  '#2a75bb',
  '#1c66a8',
  '#1c5d99',
  '#174d80',
  '#123d66',
];

const gray: MantineColorsTuple = [
  '#fafafb',
  '#f4f4f6',
  '#ebebee',
  '#dfdfe4',
  '#c9c9d1',
  '#a3a3ae',
  '#6c6c78',
  '#5a5a66',
  '#3d3d47',
  '#23232a',
];

const dark: MantineColorsTuple = [
  '#e6e6ea',
  '#b9b9c2',
  '#9a9aa6',
  '#6b6b77',
  '#3a3a43',
  '#313139',
  '#27272e',
  '#1c1c21',
  '#17171b',
  '#111114',
];

const controlHeight = { xs: '26px', sm: '32px', md: '36px', lg: '40px' } as const;

function heightOf(size: unknown): string {
  return controlHeight[(size as keyof typeof controlHeight) ?? 'sm'] ?? controlHeight.sm;
}

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, gray, dark },
  black: '#1d1d22',
  white: '#ffffff',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  shadows: {
    xs: '0 1px 2px rgb(0 0 0 / 6%)',
    sm: '0 1px 3px rgb(0 0 0 / 8%)',
    md: '0 4px 16px rgb(0 0 0 / 12%)',
    lg: '0 8px 32px rgb(0 0 0 / 16%)',
    xl: '0 16px 48px rgb(0 0 0 / 22%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({
        root: { '--button-height': heightOf(size), '--button-fz': size === 'xs' ? '12px' : '13px' },
      }),
      styles: { label: { fontWeight: 500 } },
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, { size }) => ({ wrapper: { '--input-height': heightOf(size), '--input-fz': '14px' }, input: {} }),
    }),
    InputWrapper: {
      styles: {
        label: { fontSize: '13px', fontWeight: 500, marginBottom: '4px' },
        description: { fontSize: '12px', lineHeight: '16px', marginBottom: '4px' },
        error: { fontSize: '12px', marginTop: '4px' },
      },
    },
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    // At the usual radius a small box is nearly a circle, which means another thing.
    Checkbox: Checkbox.extend({ defaultProps: { radius: 'xs' } }),
    Badge: Badge.extend({ styles: { root: { textTransform: 'none', fontWeight: 500 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, fz: 12 } }),
    Menu: Menu.extend({
      // The placeholder is a child that a menu may not have; without it the first item is focused, as menus do.
      defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false },
      styles: { item: { fontSize: '13px', padding: '6px 10px' } },
    }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', padding: 'xl', overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontSize: '16px', fontWeight: 600 } },
    }),
  },
});

const light = {
  '--mr-canvas': '#ffffff',
  '--mr-rail': '#f6f6f8',
  '--mr-sunken': '#f9f9fa',
  '--mr-line': '#e6e6ea',
  '--mr-line-strong': '#d3d3da',
  '--mr-text': '#1d1d22',
  '--mr-text-dim': '#64646f',
  '--mr-hover': 'rgb(30 30 50 / 5%)',
  '--mr-selected': '#e4effa',
  '--mr-selected-line': '#1c66a8',
  '--mr-accent-text': '#1c5d99',
  '--mr-good': '#17753b',
  '--mr-good-fill': '#e6f5eb',
  '--mr-busy': '#2a5fbd',
  '--mr-busy-fill': '#e8f0fd',
  '--mr-late': '#8a5300',
  '--mr-late-fill': '#fdf1dc',
  '--mr-bad': '#b3261e',
  '--mr-bad-fill': '#fdeceb',
  '--mr-idle': '#5f5f6a',
  '--mr-idle-fill': '#f0f0f3',
} as const;

const night: Record<keyof typeof light, string> = {
  '--mr-canvas': '#17171b',
  '--mr-rail': '#111114',
  '--mr-sunken': '#1b1b20',
  '--mr-line': '#2a2a31',
  '--mr-line-strong': '#3c3c46',
  '--mr-text': '#e6e6ea',
  '--mr-text-dim': '#9c9ca8',
  '--mr-hover': 'rgb(255 255 255 / 5%)',
  '--mr-selected': '#1d2f42',
  '--mr-selected-line': '#559bd5',
  '--mr-accent-text': '#8fc1ee',
  '--mr-good': '#6fcf8e',
  '--mr-good-fill': '#16301f',
  '--mr-busy': '#8cb6ff',
  '--mr-busy-fill': '#182740',
  '--mr-late': '#f0b95c',
  '--mr-late-fill': '#352713',
  '--mr-bad': '#ff958c',
  '--mr-bad-fill': '#3d1d1b',
  '--mr-idle': '#a1a1ad',
  '--mr-idle-fill': '#26262c',
};

function mantineOf(colours: Record<keyof typeof light, string>) {
  return {
    '--mantine-color-body': colours['--mr-canvas'],
    '--mantine-color-text': colours['--mr-text'],
    '--mantine-color-dimmed': colours['--mr-text-dim'],
    '--mantine-color-placeholder': colours['--mr-text-dim'],
    '--mantine-color-default-border': colours['--mr-line-strong'],
    '--mantine-color-anchor': colours['--mr-accent-text'],
    '--mantine-color-error': colours['--mr-bad'],
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mr-rail-width': '208px',
    '--mr-rail-narrow': '56px',
    '--mr-bar-height': '48px',
    '--mr-page-width': '1040px',
    '--mr-wizard-width': '560px',
    '--mr-row-height': '36px',
  },
  light: { ...light, ...mantineOf(light) },
  dark: {
    ...night,
    ...mantineOf(night),
    '--mantine-color-default': '#1f1f25',
    '--mantine-color-default-hover': '#27272e',
  },
});
