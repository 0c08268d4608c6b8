import { expect, test } from 'vitest';
import { exchangePlace, exchangeUrl, isExchangeOnline } from '../../../../src-shared/domain/exchange.ts';

test.each([
  ['mail.corp.example', 'https://mail.corp.example/EWS/Exchange.asmx'],
  [' mail.corp.example:8443 ', 'https://mail.corp.example:8443/EWS/Exchange.asmx'],
  ['https://mail.corp.example', 'https://mail.corp.example/EWS/Exchange.asmx'],
  ['https://mail.corp.example/owa/ews.asmx', 'https://mail.corp.example/owa/ews.asmx'],
  ['http://10.0.0.5/EWS/Exchange.asmx', 'http://10.0.0.5/EWS/Exchange.asmx'],
  ['https://[::1]:444/x', 'https://[::1]:444/x'],
])('%s is %s', (typed, url) => {
  const place = exchangePlace(typed);
  expect(place && exchangeUrl(place)).toBe(url);
});

test.each([
  '',
  'two words',
  'https://',
  'ftp://mail.corp.example',
  'https://bob:secret@mail.corp.example/',
  'https://a/?x=1',
])('%j is no server', (typed) => {
  expect(exchangePlace(typed)).toBeNull();
});

test('Exchange Online is told by its hosts alone', () => {
  expect(['outlook.office365.com', 'Outlook.Office.com', 'x.outlook.com'].every(isExchangeOnline)).toBe(true);
  expect(['mail.corp.example', 'outlook.office365.com.evil.example', 'notoutlook.com'].some(isExchangeOnline)).toBe(
    false,
  );
});
