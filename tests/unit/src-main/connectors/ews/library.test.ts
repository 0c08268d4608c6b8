import { expect, test } from 'vitest';
import { escaped, ews } from '../../../../../src-main/connectors/ews/library.ts';

test.each([
  ['R&D <1> "a"', 'R&amp;D &lt;1&gt; &quot;a&quot;'],
  ['tab\t and \n line', 'tab\t and \n line'],
  ['a\u0000b\u001Fc\uFFFEd\uFFFFe', 'abcde'],
  ['Привет \u{1F600}', 'Привет \u{1F600}'],
])('%j is written so that XML says the same', (text, written) => {
  expect(escaped(text)).toBe(written);
});

test('half of a pair is no character', () => {
  expect(escaped('a\uD83Db')).toBe('a\uFFFDb');
});

test('values and attributes that the library writes are escaped, once', () => {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016);
  const writer = new ews.EwsServiceXmlWriter(service);
  writer.WriteStartElement(ews.XmlNamespace.Types, 'Folder');
  writer.WriteAttributeValue('Id', '"><evil/>');
  writer.WriteElementValue(ews.XmlNamespace.Types, 'DisplayName', 'R&D </x>');
  writer.WriteEndElement();
  const xml = writer.GetXML();
  expect(xml).toContain('Id="&quot;&gt;&lt;evil/&gt;"');
  expect(xml).toContain('R&amp;D &lt;/x&gt;');
});
