// Mantine in the colours of the board: every colour is a token, so its parts sit on our surfaces unasked.
import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#e8f2ff',
  '#cfe3ff',
  '#b3d4ff',
  '#9ccbff',
  '#84bdff',
  '#78b7ff',
  '#6cb0ff',
  '#1a62c6',
  '#1552a8',
  '#0f3f85',
]
/** The ink ramp: Mantine's `dark-7` is the board, `dark-6` what is raised from it. */
const ink: MantineColorsTuple = [
  '#e9edf2',
  '#adb7c3',
  '#96a2b0',
  '#66737f',
  '#2a333e',
  '#1f2731',
  '#161c23',
  '#0f1318',
  '#0a0d11',
  '#05070a',
]

const size = (px: number) => `${px / 16}rem`
const control = { size: 'sm', styles: { input: { '--input-height-sm': 'var(--control)' } } }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { accent, dark: ink },
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: size(11), sm: size(13), md: size(13), lg: size(14), xl: size(16) },
  lineHeights: { xs: '14px', sm: '18px', md: '18px', lg: '21px', xl: '22px' },
  spacing: { xs: size(4), sm: size(8), md: size(12), lg: size(16), xl: size(24) },
  radius: { xs: size(3), sm: size(5), md: size(8), lg: size(12) },
  // Plain records, not `Part.extend`: naming a part here must not pull it into the first load.
  components: {
    TextInput: { defaultProps: control },
    PasswordInput: { defaultProps: control },
    Select: { defaultProps: control },
    TagsInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400 } },
    // What is closed is gone at once: the next key is meant for the page, and must not fall into something on its way out.
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 140, exitDuration: 0 } } },
    Menu: {
      defaultProps: {
        shadow: 'none',
        transitionProps: { duration: 80, exitDuration: 0 },
        // Not by a key outside, as is the default: it is the very key that opened the menu.
        clickOutsideEvents: ['mousedown', 'touchstart'],
      },
    },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 80, exitDuration: 0 } } },
  },
})

/** What Mantine calls its own colours, said in our tokens; the tokens change with the theme, so both schemes agree. */
const roles: Record<string, string> = {
  '--mantine-color-body': 'var(--surface-1)',
  '--mantine-color-text': 'var(--text-1)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-default': 'var(--surface-0)',
  '--mantine-color-default-color': 'var(--text-1)',
  '--mantine-color-default-border': 'var(--border-3)',
  '--mantine-color-default-hover': 'var(--surface-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--st-act-text)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: roles, dark: roles })
