import type { AroundStory } from '../story.ts'

const piers = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" role="img" aria-label="North pier">
<rect width="320" height="120" fill="#dff1f5"/>
<rect x="20" y="56" width="280" height="8" fill="#8a6d4b"/>
<g fill="#fff" stroke="#33515a"><rect x="40" y="20" width="24" height="34"/><rect x="90" y="20" width="24" height="34"/><rect x="140" y="66" width="24" height="34"/></g>
</svg>
`

const berths = `berth,pier,length in m,price class
N-12,north,9,B
N-13,north,9,B
N-14,north,11,A
S-02,south,7,C
`

/** What stands around the pages of Brightwater. */
export const around: AroundStory = {
  items: [
    { type: 'whiteboard', title: 'Pier sketch', space: 'ENG', by: 'jonas', at: '-20 13:00' },
    { type: 'database', title: 'Berth inventory', space: 'ENG', by: 'priya', at: '-19 08:30' },
    {
      type: 'embed',
      title: 'Wind at the harbour',
      space: 'ENG',
      by: 'jonas',
      at: '-18 11:00',
      address: 'https://weather.example/lakeside',
    },
  ],
  files: [
    {
      on: 'Incident review: double booking on the north pier',
      name: 'north-pier.svg',
      mediaType: 'image/svg+xml',
      text: piers,
      comment: 'Where N-14 is',
      by: 'priya',
      at: '-30 09:20',
    },
    {
      on: 'Database notes',
      name: 'berths.csv',
      mediaType: 'text/csv',
      text: berths,
      comment: '',
      by: 'jonas',
      at: '-25 15:00',
    },
  ],
  remarks: [
    {
      on: 'Incident review: double booking on the north pier',
      words: 'Both had a confirmation.',
      text: 'With the same number?',
      by: 'jonas',
      at: '-29 10:00',
      settled: { by: 'priya', at: '-29 11:30' },
    },
    {
      on: 'How we release',
      words: 'Tell the testers',
      text: 'Also in the channel, please.',
      by: 'grace',
      at: '-21 08:00',
    },
  ],
  templates: [
    {
      name: 'Decision',
      description: 'What was decided, by whom, and why.',
      text: '**Decided on**: \n\n# What we decided\n\n# What else there was\n\n# Why',
    },
    {
      name: 'Incident review',
      description: 'Without blame.',
      text: '# What we saw\n\n# Why\n\n# What we do\n\n- [ ] Tell the testers',
      space: 'ENG',
    },
    {
      name: 'Meeting notes',
      description: 'Who, what, and what next.',
      text: '# Who was there\n\n# What we said\n\n# What next\n\n- [ ] ',
      blueprint: 'com.atlassian.confluence.plugins.confluence-business-blueprints:meeting-notes-blueprint',
    },
  ],
  spaceLabels: [
    { space: 'ENG', prefix: 'team', name: 'slipway' },
    { space: 'ENG', prefix: 'global', name: 'runbooks' },
  ],
  watched: [
    { page: 'Q2 Planning', by: ['maya', 'grace', 'jonas'] },
    { page: 'How we release', by: ['jonas', 'priya'] },
    { space: 'ENG', by: ['jonas'] },
  ],
  kept: [
    { page: 'Q2 Planning', by: 'maya', at: '-9 08:00' },
    { page: 'How we release', by: 'priya', at: '-20 08:00' },
    { space: 'ENG', by: 'priya', at: '-40 08:00' },
  ],
  looks: [
    { page: 'Q2 Planning', by: 'grace', at: '-6 17:00' },
    { page: 'Q2 Planning', by: 'jonas', at: '-5 09:00' },
    { page: 'Q2 Planning', by: 'grace', at: '-3 09:10' },
    { page: 'Release Plan', by: 'priya', at: '-4 07:30' },
    { page: 'How we release', by: 'priya', at: '-2 07:45' },
  ],
}
