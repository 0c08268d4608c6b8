import type { StockThread } from './stock.ts';

const ru = (subject: string, turns: readonly string[], more: Partial<StockThread> = {}): StockThread => ({
  language: 'ru',
  subject,
  turns,
  ...more,
});
const en = (subject: string, turns: readonly string[], more: Partial<StockThread> = {}): StockThread => ({
  language: 'en',
  subject,
  turns,
  ...more,
});

/** What comes to the company's office: suppliers, landlords, colleagues. */
export const officeMail: readonly StockThread[] = [
  ru(
    'Счёт за аренду № {n}',
    ['Направляем счёт № {n} за аренду помещений за текущий месяц. Просим оплатить до десятого числа.'],
    { file: 'invoice' },
  ),
  en('Delivery of office paper', [
    'Your order of office paper, {n} boxes, will be delivered on Tuesday between eight and ten. Please keep the ramp free.',
  ]),
  ru('Пропуск на парковку', [
    'Просим оформить пропуск на парковку для машины гостя на завтра, номер сообщим утром.',
    'Пропуск готов, на охране назовите номер {n}.',
  ]),
  en(
    'Minutes of Monday meeting',
    [
      'Please find the minutes of the Monday meeting attached. Point {n} is still open: who speaks to the landlord about the heating?',
    ],
    { file: 'log' },
  ),
  ru(
    'График отпусков',
    ['Высылаю график отпусков на следующий год. Проверьте, пожалуйста, свои даты и ответьте до пятницы.'],
    { file: 'table' },
  ),
  ru('Плановое отключение воды', [
    'В среду с 10:00 до 15:00 в здании не будет холодной воды: меняют счётчики. Чайники наполните заранее.',
  ]),
  en(
    'Renewal of the cleaning contract',
    [
      'The cleaning contract {n} ends next month. We would be glad to go on at the same price. Shall we prepare the papers?',
      'Yes please, with the windows twice a year.',
    ],
    { styled: true },
  ),
  ru(
    'Коммерческое предложение: кофе',
    ['Предлагаем кофе свежей обжарки для офиса, от {n} рублей за килограмм. Образцы привезём бесплатно.'],
    { styled: true },
  ),
  ru(
    'Отчёт по командировке',
    ['Отправляю отчёт по командировке и чеки. Прошу возместить {n} рублей. Чек за такси потерялся, его не считаю.'],
    { file: 'picture' },
  ),
  en('Fire drill on Thursday', [
    'There will be a fire drill on Thursday at eleven. Please leave by the stairs and meet at the bicycle stand. It takes {n} minutes.',
  ]),
  ru('День рождения отдела', [
    'Коллеги, в пятницу в 16:00 собираемся в переговорной: отделу пять лет! Торт будет, чашки берите с собой.',
  ]),
  ru(
    'Договор поставки № {n}, подписанный экземпляр',
    [
      'Направляем подписанный с нашей стороны договор поставки № {n}. Второй экземпляр отправлен почтой.',
      'Получили, спасибо. Наш экземпляр отправим завтра.',
    ],
    { file: 'invoice' },
  ),
  en(
    'Job application: support engineer',
    [
      'I read that you are looking for a support engineer. I have worked on help desks for six years and attach my references, {n} pages.',
    ],
    { file: 'invoice' },
  ),
  ru('Потеряли ключ от серверной', [
    'Кто последний брал ключ № {n} от серверной? На месте его нет со вчерашнего вечера.',
    'Ключ у меня, уносил для электрика. Уже на месте, извините.',
  ]),
  en('Train tickets for the fair', [
    'The train tickets for the fair are booked, seats {n} and next to it. Please bring your passport.',
  ]),
  ru(
    'Опрос: обеды в офисе',
    ['Выбираем, кто будет привозить обеды. Три меню в таблице, голосуйте ответом на это письмо.'],
    { file: 'table' },
  ),
  ru('Напоминание: инструктаж', [
    'Напоминаем, что до конца месяца нужно пройти инструктаж по охране труда. Не прошли ещё {n} человек.',
  ]),
  en(
    'New phone numbers',
    ['From next week the extensions in the west wing begin with {n}. The new list is attached.'],
    { file: 'table' },
  ),
];
