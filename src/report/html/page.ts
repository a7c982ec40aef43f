import { Markup, markup } from './markup.ts'
import { STYLE } from './style.ts'

/** One page without scripts, which loads nothing: it can be mailed, archived and printed. */
export function page({
  title,
  heading,
  facts,
  main,
  tool,
}: {
  readonly title: string
  readonly heading: string
  readonly facts: Markup
  readonly main: readonly Markup[]
  readonly tool: { readonly name: string; readonly version: string }
}): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>${heading}</h1>
${facts}
</header>
<main>
${main}
</main>
<footer>${tool.name} ${tool.version}</footer>
</body>
</html>
`.source
}
