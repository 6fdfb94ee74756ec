// The order of the style sheets: Mantine's layer first, then the tokens, the ground, and Mantine on our surfaces.
import '@fontsource-variable/inter/wght.css'
import '#src/ui/mantine-styles.ts'
import '#src/ui/tokens.css'
import '#src/ui/base.css'
import '#src/ui/mantine-overrides.css'
