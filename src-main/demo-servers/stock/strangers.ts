import type { StockThread } from './stock.ts';

/** Mail for which no sender entry speaks: it is read, and makes no ticket. */
export const strangersMail: readonly StockThread[] = [
  {
    language: 'ru',
    subject: 'Обзор сетей, выпуск {n}',
    styled: true,
    turns: [
      'В этом выпуске: как посчитать порты до того, как они кончились; чем опасен самодельный патч-корд; интервью с человеком, который подписал каждый кабель.',
    ],
  },
  {
    language: 'en',
    subject: 'Cloud offers of the week {n}',
    styled: true,
    turns: [
      'Three machines for the price of two, until Sunday. Moving is free of charge. You get this letter because you left your card at our stand.',
    ],
  },
  {
    language: 'ru',
    subject: 'Приглашение на семинар',
    turns: ['Приглашаем на бесплатный семинар «Порядок в заявках». Участников уже {n}, осталось несколько мест.'],
  },
  {
    language: 'en',
    subject: 'Your subscription was renewed',
    turns: ['Your subscription has been renewed for one year. Receipt {n}. You need not do anything.'],
  },
];
