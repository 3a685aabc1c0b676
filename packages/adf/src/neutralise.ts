/**
 * What a reader does not see and a model does: control characters, marks and overrides of writing direction, zero-width
 * and other invisible characters, tag characters, variation selectors beyond those of emoji, private noncharacters.
 */
const unseen =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are what is looked for, each by itself
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

/**
 * Takes control, bidirectional and invisible characters out of a text, so that what a person sees is what a model reads.
 * Line breaks and tabs stay, the line and paragraph separators of Unicode become line breaks, halves of characters become
 * U+FFFD. A zero-width joiner stays only within an emoji.
 */
export function neutralise(text: string): string {
  const whole = text.toWellFormed().replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
  return whole
    .replaceAll(unseen, '')
    .replaceAll(/(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu, '')
}
