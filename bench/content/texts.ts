/** Texts that every converter is given: what people and models write, in the Markdown that GitHub reads. */

const words =
  'the service answers slowly when a queue is full and nobody watches it so we measure first then change one thing at a time and write down what was seen before anybody forgets why it mattered to the people who wait'.split(
    ' ',
  )

/** Sentences without end, the same ones at each run. */
function sentences(seed: number): () => string {
  let state = seed
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff
    return (state >> 8) % below
  }
  return () => {
    const line = Array.from({ length: 9 + next(9) }, () => words[next(words.length)] ?? '')
    line[3] = `**${line[3]}**`
    line[5] = `*${line[5]}*`
    if (next(3) === 0) line[7] = `\`${line[7]}_id\``
    if (next(4) === 0) line[1] = `[${line[1]} it](https://example.com/pages/${next(10_000)})`
    if (next(6) === 0) line[2] = `~~${line[2]}~~`
    const text = line.join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }
}

function chapter(number: number, say: () => string): string {
  return `## Step ${number}

${say()} ${say()} ${say()}

${say()} ${say()}

- ${say()}
- ${say()}
  - ${say()}
  - ${say()}
    1. ${say()}
    2. ${say()}
- ${say()}

### What to do

- [ ] ${say()}
- [x] ${say()}

> ${say()}
> ${say()}

| Name | Value | Remark |
| --- | --- | --- |
| \`limit\` | ${number * 10} | ${say()} |
| **burst** | ${number} | ${say()} |
| window | 60 s | see [the page](https://example.com/${number}) |

\`\`\`ts
export function step${number}(queue: readonly number[]): number {
  return queue.filter((item) => item > ${number}).length
}
\`\`\`

3. ${say()}
4. ${say()}

${say()}\\
${say()}

---
`
}

/** A page of about so many characters. */
export function page(characters: number): string {
  const say = sentences(7)
  const parts = ['# How the queue is kept short\n']
  for (let length = 0, number = 1; length < characters; number += 1) {
    const part = chapter(number, say)
    parts.push(part)
    length += part.length
  }
  return parts.join('\n')
}
