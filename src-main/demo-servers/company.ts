import type { Correspondent } from './letters/compose-letter.ts';

/** Polar Key Ltd and everyone who writes to it. All are invented; `.test` belongs to nobody (RFC 2606). */
export const supportAddress = 'support@polar-key.test';
export const officeAddress = 'office@polar-key.test';

/** How the company's two mailboxes call themselves in each language. */
export const support: Readonly<Record<'ru' | 'en', Correspondent>> = {
  ru: { name: 'Поддержка Полярного Ключа', address: supportAddress },
  en: { name: 'Polar Key Support', address: supportAddress },
};
export const office: Readonly<Record<'ru' | 'en', Correspondent>> = {
  ru: { name: 'Офис Полярного Ключа', address: officeAddress },
  en: { name: 'Polar Key Office', address: officeAddress },
};

const person = (name: string, address: string): Correspondent => ({ name, address });

/** People of the companies that the support works for. */
export const customers: Readonly<Record<'ru' | 'en', readonly Correspondent[]>> = {
  ru: [
    person('Марина Ветрова', 'vetrova@severny-veter.test'),
    person('Илья Снегирёв', 'snegirev@severny-veter.test'),
    person('Тамара Родникова', 'registratura@klinika-rassvet.test'),
    person('Пётр Большаков', 'bolshakov@klinika-rassvet.test'),
    person('Анна Юрьевна Щукина', 'buh@severny-veter.test'),
  ],
  en: [
    person('Grace Fairwater', 'grace@harbour-sons.test'),
    person('Tom Ashdown', 'tom.ashdown@harbour-sons.test'),
    person('Ellen O’Marsh', 'ellen@lakeside-school.test'),
    person('Zoë Brightwell', 'office@lakeside-school.test'),
  ],
};

/** Their domains, and our own: colleagues ask the support as well. From all others letters make no tickets. */
export const customerDomains = [
  'polar-key.test',
  'severny-veter.test',
  'klinika-rassvet.test',
  'harbour-sons.test',
  'lakeside-school.test',
] as const;

/** Colleagues and the people next door, who write to the office. */
export const neighbours: Readonly<Record<'ru' | 'en', readonly Correspondent[]>> = {
  ru: [
    person('Анна Полозова', 'polozova@polar-key.test'),
    person('Бизнес-центр «Маяк»', 'arenda@bc-mayak.test'),
    person('Лев Каштанов', 'kashtanov@bc-mayak.test'),
  ],
  en: [
    person('Nora Quickly', 'nora@bright-windows.test'),
    person('Hugh Penrose', 'penrose@polar-key.test'),
    person('Fair & Paper Ltd', 'orders@fair-paper.test'),
  ],
};

/** Senders of newsletters. */
export const newsletters: Readonly<Record<'ru' | 'en', readonly Correspondent[]>> = {
  ru: [person('Обзор сетей', 'news@obzor-seti.test')],
  en: [person('Cloud Offers', 'hello@cloud-offers.test')],
};
