import type { Completer } from './completion.ts'

/** A value that a prompt is filled with. */
export interface PromptArgument {
  readonly name: string
  readonly description: string
  readonly required?: boolean
  readonly complete?: Completer
}

/** A task that people give often, in good words. A client shows it as a command. */
export interface Prompt {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly PromptArgument[]
  /** Names of the tools that it leans on. It is offered where all of them may be called. */
  readonly tools: readonly string[]
  /** What the model is asked, in the person's name. */
  readonly text: (values: Readonly<Record<string, string>>) => string
}

/** What is wrong with the values of a prompt, as a sentence; undefined when nothing is. */
export function wrongWith(
  { name, arguments: known }: Prompt,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const missing = known.find(
    (argument) => argument.required === true && (values[argument.name] ?? '').trim() === '',
  )
  if (missing !== undefined) return `The prompt ${name} needs ${missing.name}: ${missing.description}`
  const names = known.map((argument) => argument.name)
  const stray = Object.keys(values).find((given) => !names.includes(given))
  if (stray === undefined) return undefined
  return `The prompt ${name} takes ${names.join(', ') || 'no arguments'}, and not ${JSON.stringify(stray.slice(0, 64))}.`
}
