import type { StockThread } from './stock.ts';

const en = (subject: string, turns: readonly string[], more: Partial<StockThread> = {}): StockThread => ({
  language: 'en',
  subject,
  turns,
  ...more,
});

/** What English-speaking customers ask the support of. */
export const englishRequests: readonly StockThread[] = [
  en('Printer jam in room {room}', [
    'The printer in room {room} jams on every second page since this morning. We took out all the paper we could see and closed every flap.\nIt is our only colour printer and the brochures are due tomorrow.',
    'Thank you for the report. A technician will be with you before noon. Please leave the printer switched on.',
    'He found a paper clip behind the fuser. All good now, thank you!',
  ]),
  en(
    'Invoice {n}: wrong address',
    [
      'Invoice {n} still shows our old address. Our accountant cannot book it like that. Could you send a corrected one?',
      'The corrected invoice is on its way, the old one has been cancelled.',
    ],
    { file: 'invoice' },
  ),
  en('Cannot sign in after the holidays', [
    'I am back from leave and my password has expired. The page that should change it says "session closed". Could you reset it for me?',
    'Done. You will get a temporary password by phone; please change it when you first sign in.',
  ]),
  en(
    'Order {n} arrived incomplete',
    [
      'Order {n} came today with eleven keyboards instead of twelve. The delivery note says twelve. Photo attached.',
      'Sorry about that. The missing one goes out today, no need to return anything.',
      'It has just arrived. Thanks for the quick help.',
    ],
    { file: 'picture' },
  ),
  en('Shared calendar shows the wrong time', [
    'Since the clocks changed, all meetings in the shared calendar are one hour off for half of the team. The other half is fine.',
  ]),
  en(
    'New laptop for a teacher',
    [
      'We have a new teacher from the first of the month and need a laptop with the usual programs, in room {room}. The form is attached.',
      'The laptop will be ready on Thursday. Does she need access to the library catalogue as well?',
      'Yes please, with borrowing rights.',
    ],
    { file: 'table' },
  ),
  en(
    'Backup job {n} failed',
    [
      'The nightly backup reported an error for the second time this week. I attach the log. Is our data safe?',
      'Your data is safe: the job ran out of space while writing the monthly copy. We have enlarged the volume and started it again.',
    ],
    { file: 'log' },
  ),
  en('Video calls drop after ten minutes', [
    'Every video call from the meeting room drops after about ten minutes. Laptops on the cable are fine, so it must be the Wi-Fi.',
  ]),
  en('Please close account of a leaver', [
    'Our colleague left on Friday. Please close the account and forward the mail to me for three months. Reference {n}.',
    'Closed and forwarded. The forwarding ends by itself after three months.',
  ]),
  en(
    'Quote for {n} licences',
    [
      'Could you send us a quote for {n} licences of the drawing program, for one year and for three years?',
      'The quote is attached. The price for three years is valid until the end of the month.',
      'Thank you, we take the three-year option. Purchase order follows.',
    ],
    { styled: true },
  ),
  en('Strange message about a parcel', [
    'I got a text and an e-mail about a parcel that I never ordered. I did click the link, but closed the page at once. Should I worry?',
    'Please change your password now and leave the computer on; we will scan it tonight. You did well to tell us.',
  ]),
  en('Door reader does not accept cards', [
    'The reader at the harbour gate has not accepted any card since six in the morning. The guards open by hand.',
    'The controller was restarted from here. Could someone try a card?',
    'Works again. Thank you!',
  ]),
  en('Where is ticket {n}?', [
    'Two weeks ago I asked for a second screen, ticket {n}. I have heard nothing since. Is it still open?',
  ]),
  en(
    'Scanner sends empty pages',
    ['When I scan both sides, every second page is empty even though there is text on it. A sample is attached.'],
    { file: 'picture' },
  ),
  en(
    'Statement of account, quarter',
    [
      'Please find our statement of account for the quarter. By our books, {n} remain open. Kindly confirm or send your own statement.',
    ],
    { file: 'invoice', styled: true },
  ),
  en('Website form does not send', [
    'The contact form on our site says "thank you", but nothing has arrived since Monday. We may have lost enquiries.',
    'The form used a password that had expired. It works again, and the nineteen enquiries since Monday are in your inbox now.',
    'You saved our week. Many thanks.',
  ]),
  en('Projector in room {room}', [
    'The projector in room {room} shows everything in green. Changing the cable did not help.',
    'That is the lamp at the end of its life. A new one is ordered and should be here on Wednesday.',
  ]),
  en('Access to the price list folder', [
    'Could I get access to the price list folder? My manager, in copy last time, has agreed. Read only is enough.',
  ]),
];
