import type { SeededRandom } from './seeded-random.ts';

export type Language = 'ru' | 'en';

export interface Vocabulary {
  /** Most frequent first. */
  readonly words: readonly string[];
  /** A word by Zipf's law: the hundredth is used a hundredth as often as the first. */
  word(random: SeededRandom): string;
}

const frequent: Readonly<Record<Language, string>> = {
  ru: `и в на не с что по для мы вы это как из за просим от до или так к о но если у при все вам нас после был только можно также нет будет
    под уже через без их когда где чтобы есть здравствуйте спасибо уважением добрый день прошу пожалуйста счёт договор заявка оплата сервер
    письмо ответ вопрос отдел поставка склад доступ пароль почта отчёт акт заказ номер срок работа ошибка система принтер обновление
    настройка сообщение проверка документ адрес телефон объект клиент проект смета встреча время сегодня завтра неделя месяц`,
  en: `the to and of a in for is you we on that this with it be are as have your our will please not from at by can if or an was but they
    has so any no which do would been there when more all one about up out new thanks regards hello invoice order request server report
    account access password meeting contract delivery update ticket support question answer attached letter number date printer backup
    service issue system network office team project payment customer schedule today tomorrow week month`,
};

const stems: Readonly<Record<Language, string>> = {
  ru: `документ поставк работ провер настро обслужив соедин подключ восстанов разработ согласов подтвержд отправ получ заказ оплат договор
    систем сервер принтер картридж монитор клавиатур компьютер телефон кабел маршрут коммутат резерв хранилищ архив каталог таблиц
    отчёт баланс платеж налог бюджет склад товар упаков достав перевоз погруз транспорт водител маршрутизат помещен здан этаж кабинет
    освещен вентиляц кондицион отоплен водопровод ремонт монтаж установ замен износ гарант сервис клиент покупател поставщик партнёр
    сотрудник руководител бухгалт юрист инженер техник администрат пользовател учётн запис парол шифр ключ сертификат домен почтов
    рассыл переписк вложен заголов подпис цитат уведомлен напоминан календар встреч совещан протокол решен поручен задач срок отлож
    продл заверш начал остан запуск перезагруз обновл верс сборк модул файл папк диск памят процесс нагруз скорост задерж потер пакет`,
  en: `document deliver work check configur maintain connect restor develop agree confirm send receiv order pay contract system server print
    cartridge monitor keyboard comput phone cabl rout switch reserv stor archiv catalog tabl report balanc tax budget warehous product pack
    transport driv load room build floor offic light ventilat condition heat repair mount install replac warrant servic client buyer supplier
    partner employ manag account lawyer engineer technic administr user record password encrypt key certificat domain mail list attach head
    sign quot notif remind calendar meet protocol decid assign task term postpon extend finish start stop launch reboot updat version assembl
    modul file folder disk memor process speed delay loss packet`,
};

const prefixes: Readonly<Record<Language, string>> = {
  ru: ' пере под при за вы до недо само меж анти сверх внутри про раз',
  en: ' re un pre over under inter multi sub mis out non super co',
};

const endings: Readonly<Record<Language, string>> = {
  ru: ' а у ом е ы ов ам ами ах ка ки ку кой ный ного ному ным ная ной ную ное ные ных ными ить ил ила или ит ят ение ения ению ением',
  en: ' s ed ing er ers ion ions able ment ments ness ive ively al ally or ors ist ism ize ized izing ility',
};

const asList = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');
/** The empty one counts: a bare stem. */
const asAffixes = (text: string): readonly string[] => ['', ...asList(text)];

/** Some 40,000 Russian and 50,000 English forms: an index of real mail has as many, most of them rare. */
export function createVocabulary(language: Language, random: SeededRandom): Vocabulary {
  const forms = asAffixes(prefixes[language]).flatMap((prefix) =>
    asList(stems[language]).flatMap((stem) => asAffixes(endings[language]).map((ending) => prefix + stem + ending)),
  );
  const words = [...new Set([...asList(frequent[language]), ...shuffled(forms, random)])];
  const sums = new Float64Array(words.length);
  let sum = 0;
  for (let rank = 0; rank < words.length; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return { words, word: (chance) => words[firstAbove(sums, chance.fraction() * sum)] ?? '' };
}

function shuffled(words: string[], random: SeededRandom): readonly string[] {
  for (let at = words.length - 1; at > 0; at -= 1) {
    const other = random.integer(at + 1);
    [words[at], words[other]] = [words[other] ?? '', words[at] ?? ''];
  }
  return words;
}

function firstAbove(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
