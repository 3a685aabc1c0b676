const runs = /[A-Za-z]+|\d+|[ \t]+|[\r\n]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\p{L}+|[^\s\p{L}\d]+/gu

/**
 * About how many tokens a model reads a text as. Made for English, Markdown and JSON, where it came within 20 % of o200k
 * (measured); other scripts come out too high, so that a budget kept by it is kept.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [run] of text.matchAll(runs)) tokens += tokensOf(run)
  return Math.ceil(tokens)
}

function tokensOf(run: string): number {
  const { length } = run
  const code = run.charCodeAt(0)
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90))
    return length <= 7 ? 1 : 1 + (length - 7) / 5.5
  if (code >= 48 && code <= 57) return Math.ceil(length / 3)
  // A single space belongs to the word after it.
  if (code === 32 || code === 9) return length === 1 ? 0 : 1
  if (code === 10 || code === 13) return 1
  if (code >= 0x3040 && code <= 0xd7af) return 0.85
  if (/^\p{L}/u.test(run)) return Math.max(1, length / 2.7)
  return Math.max(1, length / 2.2)
}
