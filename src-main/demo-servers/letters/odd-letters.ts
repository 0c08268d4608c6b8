import { customers, support } from '../company.ts';
import { type Correspondent, composeLetter, type LetterDraft } from './compose-letter.ts';
import { dressText } from './dress-text.ts';
import { drawPicture } from './small-files.ts';

/** Letters that mail programs trip over, and what becomes of them is to be seen: one of each, all to the support. */
export function oddLetters(at: (place: number) => number): { readonly at: number; readonly raw: Uint8Array }[] {
  const makers = [automaticReply, cutShort, unknownCharset, pictureInside, dangerousName, tooDeep];
  return makers.map((make, place) => ({ at: at(place), raw: make(at(place)) }));
}

const writer = (language: 'ru' | 'en', place: number): Correspondent => customers[language][place] as Correspondent;

function draft(language: 'ru' | 'en', name: string, more: Partial<LetterDraft>): LetterDraft {
  return {
    from: writer(language, 0),
    to: support[language],
    subject: '',
    text: '',
    files: [],
    messageId: `<demo-${name}@elsewhere.test>`,
    references: [],
    sentAt: 0,
    charset: 'utf-8',
    encoding: 'quoted-printable',
    ...more,
  };
}

function automaticReply(sentAt: number): Buffer {
  return composeLetter(
    draft('ru', 'automatic', {
      from: writer('ru', 3),
      subject: 'Автоматический ответ: я в отпуске',
      text: 'Здравствуйте! Я в отпуске до понедельника, почту не читаю.\nПо срочным вопросам пишите в регистратуру.',
      headers: [
        ['Auto-Submitted', 'auto-replied'],
        ['X-Auto-Response-Suppress', 'All'],
      ],
      charset: 'windows-1251',
      sentAt,
    }),
  );
}

/** The line broke while it was sent: no end of the attachment, none of the letter. */
function cutShort(sentAt: number): Buffer {
  const whole = composeLetter(
    draft('en', 'cut', {
      from: writer('en', 1),
      subject: 'Photo of the error message',
      text: 'Hello,\n\nthis is what the screen says since this morning.\n\nTom',
      files: [{ name: 'screen.png', type: 'image/png', bytes: drawPicture(7, 320, 200) }],
      sentAt,
    }),
  );
  return whole.subarray(0, Math.floor(whole.length * 0.7));
}

/** Names a charset that nobody has, and bare eight-bit characters in the header. */
function unknownCharset(sentAt: number): Buffer {
  const whole = composeLetter(
    draft('ru', 'charset', {
      from: writer('ru', 2),
      subject: 'SUBJECT',
      text: 'Здравствуйте! Это письмо отправлено старой программой.\nЕсли вы его читаете, значит, всё в порядке.',
      encoding: '8bit',
      sentAt,
    }),
  );
  const text = whole.toString('latin1').replace('charset=utf-8', 'charset=x-polar-7');
  return Buffer.from(
    text.replace('SUBJECT', Buffer.from('Письмо старой программы', 'utf8').toString('latin1')),
    'latin1',
  );
}

function pictureInside(sentAt: number): Buffer {
  const text = 'Hello,\n\nthe sign at the gate now looks like this. Is that as it should be?\n\nGrace';
  return composeLetter(
    draft('en', 'inside', {
      subject: 'Sign at the gate',
      text,
      html: dressText(text, 'Sign at the gate', 'cid:gate@harbour-sons.test'),
      files: [{ name: 'gate.png', type: 'image/png', bytes: drawPicture(3), contentId: 'gate@harbour-sons.test' }],
      sentAt,
    }),
  );
}

/** Its attachment is called as if it belonged elsewhere, and is not what it seems. */
function dangerousName(sentAt: number): Buffer {
  return composeLetter(
    draft('en', 'name', {
      from: { name: 'Accounts', address: 'accounts@parcel-winner.test' },
      subject: 'Your payment is overdue!!!',
      text: 'Open the attached invoice at once to avoid costs.',
      files: [
        {
          name: '../../invoice.pdf.exe',
          type: 'application/octet-stream',
          bytes: Buffer.from('This is a harmless line of text, whatever its name says.\n'),
        },
      ],
      sentAt,
    }),
  );
}

/** Parts within parts beyond all sense: cannot be read, must not be lost. */
function tooDeep(sentAt: number): Buffer {
  const depth = 400;
  const whole = composeLetter(
    draft('ru', 'deep', {
      from: writer('ru', 1),
      subject: 'Пересылаю переписку',
      text: 'BODY',
      sentAt,
    }),
  ).toString('latin1');
  const head = whole.slice(0, whole.indexOf('Content-Type:'));
  const open = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary="d${at}"\r\n\r\n--d${at}\r\n`,
  );
  return Buffer.from(`${head}${open.join('')}Content-Type: text/plain\r\n\r\nend\r\n`, 'latin1');
}
