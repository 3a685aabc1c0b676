export { adfToMarkdown } from './to-markdown/adf-to-markdown.ts'
export { markdownToAdf } from './from-markdown/markdown-to-adf.ts'
export { validateAdf } from './validate.ts'
export { plainText } from './plain-text.ts'
export type { AdfDocument, AdfMark, AdfNode, Warning } from "./document.ts"
