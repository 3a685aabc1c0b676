import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

/** How many tokens of o200k a model reads or writes for a value, as JSON unless it is text. */
export function tokensOf(value: unknown): number {
  return countTokens(typeof value === 'string' ? value : JSON.stringify(value))
}
