import { cqlGrammar } from './cql.ts'
import { doubtful, jqlGrammar } from './jql.ts'

/** A word that may stand without quotes: no reserved character, no white space, no control character. */
/* oxlint-disable no-control-regex -- control characters are among those that need quotes */
const plain =
  /^[^\s\u0000-\u0020"'=!<>()~,[\]|&{}*/%+^$#@?;\\\u007f-\u00a0\u200b\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]+$/
/* oxlint-enable no-control-regex */

const lists = [jqlGrammar.reserved, cqlGrammar.reserved, doubtful]

/** A whole number, which stands for itself and not for a text. */
export const wholeNumber = /^-?\d+$/

/** Whether a text has to be printed in quotes to be read back as the same text. The stricter language decides. */
export function needsQuotes(text: string): boolean {
  if (!plain.test(text)) return true
  const word = text.toLowerCase()
  return lists.some((reserved) => reserved.has(word))
}
