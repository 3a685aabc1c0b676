/** One option of the program. Everything that reads or explains options follows from these rows. */
export interface OptionRow {
  /** `flag` takes no value, `list` may be given several times. */
  readonly kind: 'flag' | 'text' | 'list'
  readonly group: Group
  /** What stands for the value in the help. */
  readonly value?: string
  /** What it does, and its default. */
  readonly text: string
}

/** The parts of the help, in order. */
export const groups = ['Server', 'Sign-in', 'Tools', 'Storage', 'Network', 'Program'] as const

/** A part of the help. */
type Group = (typeof groups)[number]
