import type { LinkStory, Story } from '../story.ts'
import { alpha } from './alpha.ts'
import { around } from './around.ts'
import { helpChapter } from './help.ts'
import { hiring, lakeside, website } from './other-projects.ts'
import { people } from './people.ts'
import { planningPages } from './planning-pages.ts'
import { engineeringPages, harbourPages, leadershipPages, productPages, teamPages } from './product-pages.ts'
import { quayChapter } from './quay.ts'

const both = ['jira', 'confluence'] as const

const brightwaterLinks: readonly LinkStory[] = [
  { from: 'ALPHA-7', type: 'Blocks', to: 'ALPHA-26', by: 'jonas', at: '-5 17:00' },
  { from: 'ALPHA-28', type: 'Duplicate', to: 'ALPHA-7', by: 'priya', at: '-31 06:19' },
  { from: 'ALPHA-8', type: 'Blocks', to: 'ALPHA-5', by: 'grace', at: '-13 18:12' },
  { from: 'ALPHA-7', type: 'Blocks', to: 'ALPHA-31', by: 'maya', at: '-11 09:50' },
  { from: 'ALPHA-31', type: 'Relates', to: 'WEB-3', by: 'maya', at: '-11 09:55' },
  { from: 'ALPHA-4', type: 'Relates', to: 'ALPHA-13', by: 'priya', at: '-47 12:12' },
]

/**
 * Brightwater makes berth booking for small marinas and is some weeks away from its first customer, Lakeside. Two
 * sites, six people who can sign in, six projects, five spaces; who sees what is said of each person.
 */
export const demoStory: Story = {
  people,
  sites: [
    {
      name: 'brightwater-demo',
      title: 'Brightwater',
      cloudId: 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59',
      timeZone: 'Europe/Stockholm',
      members: {
        maya: { products: both, admin: true },
        jonas: { products: both },
        priya: { products: both },
        grace: { products: both, admin: true },
        sam: { products: both },
        rolf: { products: both },
        automation: { products: both },
      },
      groups: {
        employees: ['maya', 'jonas', 'priya', 'grace'],
        leadership: ['maya', 'grace'],
        'site-admins': ['maya', 'grace'],
      },
      chapters: [{ projects: [alpha, website, hiring], links: brightwaterLinks }, quayChapter, helpChapter],
      spaces: [
        {
          key: 'TEAM',
          name: 'Brightwater',
          description: 'Who we are, what is new, where things are.',
          by: 'grace',
          at: '-62 08:00',
          writers: 'employees',
          home: {
            title: 'Brightwater home',
            text: 'Begin with {page:Who we are}. Plans are in the product space, in {page:Q2 Planning}.',
          },
          pages: teamPages,
        },
        {
          key: 'PROD',
          name: 'Product',
          description: 'What we make and when: plans, releases, notes of meetings.',
          by: 'maya',
          at: '-61 09:30',
          writers: 'employees',
          home: {
            title: 'Product home',
            text: 'The two pages everybody asks for: {page:Q2 Planning} and {page:Release Plan}.',
          },
          pages: [...productPages, ...planningPages],
        },
        {
          key: 'ENG',
          name: 'Engineering',
          description: 'How Slipway is built and run.',
          by: 'jonas',
          at: '-60 09:00',
          readers: 'employees',
          home: {
            title: 'Engineering home',
            text: 'Runbooks first: {page:How we release}, {page:On-call guide}.',
          },
          pages: engineeringPages,
        },
        {
          key: 'LEAD',
          name: 'Leadership',
          description: 'Money and people.',
          by: 'grace',
          at: '-60 18:00',
          readers: 'leadership',
          home: { title: 'Leadership home', text: 'For Grace and Maya.' },
          pages: leadershipPages,
        },
      ],
      around,
    },
    {
      name: 'lakeside-demo',
      title: 'Lakeside Marina',
      cloudId: 'e4c0a8b2-91d7-4f36-b5e8-73a6d09c1f42',
      timeZone: 'Europe/Stockholm',
      members: {
        elin: { products: both, admin: true },
        maya: { products: both },
        // Jonas has Jira here and no Confluence, so that entering a product can be refused.
        jonas: { products: ['jira'] },
      },
      groups: { harbour: ['elin'] },
      chapters: [{ projects: [lakeside], links: [] }],
      spaces: [
        {
          key: 'HARBOUR',
          name: 'Harbour office',
          description: 'How we run the harbour.',
          by: 'elin',
          at: '-39 08:00',
          home: { title: 'Harbour office home', text: 'Good morning. Today’s list hangs at the door.' },
          pages: harbourPages,
        },
      ],
    },
  ],
}
