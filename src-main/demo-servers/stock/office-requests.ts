import type { StockThread } from './stock.ts';

/** What the company's own office has just asked of its support: the newest letters of all. */
export const officeRequests: readonly StockThread[] = [
  {
    language: 'en',
    subject: 'Label printer at the reception is offline',
    turns: [
      'The label printer at the reception has been offline since lunch. Visitors get their badges written by hand.\nCould somebody have a look?',
    ],
    file: 'picture',
  },
  {
    language: 'ru',
    subject: 'Не открывается календарь переговорной',
    turns: [
      'Не открывается календарь переговорной: пишет «Нет доступа». Через час встреча с заказчиком, помогите, пожалуйста.',
    ],
  },
];
