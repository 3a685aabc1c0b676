import type { PersonStory } from '../story.ts'

/** Everyone in the demo. All of them are made up. */
export const people: readonly PersonStory[] = [
  {
    handle: 'maya',
    name: 'Maya Lindqvist',
    email: 'maya@brightwater.example',
    timeZone: 'Europe/Stockholm',
    about: 'Product manager. Leads project Alpha, administers both sites and sees nearly everything.',
  },
  {
    handle: 'jonas',
    name: 'Jonas Weber',
    email: 'jonas@brightwater.example',
    timeZone: 'Europe/Berlin',
    about: 'Leads engineering. Works on Alpha and on hiring; does not see the leadership space.',
  },
  {
    handle: 'priya',
    name: 'Priya Raman',
    email: 'priya@brightwater.example',
    emailHidden: true,
    timeZone: 'Asia/Kolkata',
    about:
      'Test engineer. Works on Alpha and the website; sees neither hiring nor leadership. Hides her e-mail address.',
  },
  {
    handle: 'grace',
    name: 'Grace Okafor',
    email: 'grace@brightwater.example',
    timeZone: 'Europe/London',
    about: 'Founder. Sees the leadership space and the restricted pages, and reads along everywhere.',
  },
  {
    handle: 'sam',
    name: 'Sam Whitfield',
    email: 'sam@whitfield.example',
    timeZone: 'America/New_York',
    locale: 'en_US',
    about: 'Freelance designer. Works on the website, may read and comment on Alpha, and sees two spaces.',
  },
  {
    handle: 'elin',
    name: 'Elin Berg',
    email: 'elin@lakeside.example',
    emailHidden: true,
    timeZone: 'Europe/Stockholm',
    locale: 'sv_SE',
    about: 'Harbour manager at the pilot customer. Only knows the Lakeside site.',
  },
  {
    handle: 'rolf',
    name: 'Rolf Ek',
    email: 'rolf@brightwater.example',
    timeZone: 'Europe/Stockholm',
    about: 'Has left the company; his account is closed.',
    inactive: true,
  },
  {
    handle: 'automation',
    name: 'Automation for Brightwater',
    email: 'automation@brightwater.example',
    timeZone: 'Etc/UTC',
    about: 'An app that moves issues along.',
    app: true,
  },
  {
    handle: 'mats',
    name: 'Mats Holm',
    email: 'mats@lakeside.example',
    timeZone: 'Europe/Stockholm',
    about: 'Works on the quay at Lakeside, and writes to the help desk.',
    customer: true,
  },
  {
    handle: 'ines',
    name: 'Inês Duarte',
    email: 'ines@portodebarcos.example',
    timeZone: 'Europe/Lisbon',
    about: 'Runs a marina in Portugal that tries Slipway, and writes to the help desk.',
    customer: true,
  },
]
