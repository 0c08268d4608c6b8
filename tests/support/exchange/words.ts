import type { StoredFolder, StoredItem } from './mailboxes.ts';

export const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  m: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  t: 'http://schemas.microsoft.com/exchange/services/2006/types',
};

export const tags = `xmlns:m="${namespaces.m}" xmlns:t="${namespaces.t}"`;

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const responses = (operation: string, messages: readonly string[]): string =>
  `<m:${operation}Response ${tags}><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`;

export const succeeded = (operation: string, content: string): string =>
  `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;

/** What Exchange leaves empty where it refuses. */
const empty: Readonly<Record<string, string>> = {
  GetItem: '<m:Items/>',
  MoveItem: '<m:Items/>',
  CreateItem: '<m:Items/>',
  UpdateItem: '<m:Items/>',
  GetFolder: '<m:Folders/>',
  CreateFolder: '<m:Folders/>',
  GetAttachment: '<m:Attachments/>',
};

const waitXml = (milliseconds: number): string => `<t:Value Name="BackOffMilliseconds">${milliseconds}</t:Value>`;

/** `backOff` in milliseconds: said beside the code. */
export const failed = (operation: string, code: string, backOff?: number): string =>
  `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>The double says ${code}.</m:MessageText>` +
  `<m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${backOff === undefined ? '' : `<m:MessageXml>${waitXml(backOff)}</m:MessageXml>`}${empty[operation] ?? ''}</m:${operation}ResponseMessage>`;

export const serverVersion = `<h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="17" xmlns:h="${namespaces.t}"/>`;

export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespaces.soap}"><s:Header>${serverVersion}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** As Exchange words its faults. */
export const fault = (code: string, text: string, backOff?: number): string => {
  const detail = `<e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode>`;
  const message = `<e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${text}</e:Message>`;
  const more =
    backOff === undefined ? '' : `<t:MessageXml xmlns:t="${namespaces.t}">${waitXml(backOff)}</t:MessageXml>`;
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespaces.soap}"><s:Body><s:Fault><faultcode xmlns:a="${namespaces.t}">a:${code}</faultcode>` +
    `<faultstring xml:lang="en-US">${text}</faultstring><detail>${detail}${message}${more}</detail></s:Fault></s:Body></s:Envelope>`
  );
};

export function folderXml({ id, parentId, name, folderClass }: StoredFolder, fields: readonly string[]): string {
  const has = (field: string): boolean => fields.includes(`folder:${field}`);
  const element =
    folderClass === 'IPF.Appointment' ? 'CalendarFolder' : folderClass === 'IPF.Contact' ? 'ContactsFolder' : 'Folder';
  const parts = [
    `<t:FolderId Id="${escapeXml(id)}" ChangeKey="AQAAABYAAA"/>`,
    has('ParentFolderId') ? `<t:ParentFolderId Id="${escapeXml(parentId)}" ChangeKey="AQAAABYAAA"/>` : '',
    has('FolderClass') ? `<t:FolderClass>${escapeXml(folderClass)}</t:FolderClass>` : '',
    has('DisplayName') ? `<t:DisplayName>${escapeXml(name)}</t:DisplayName>` : '',
  ];
  return `<t:${element}>${parts.join('')}</t:${element}>`;
}

export function itemXml(
  { id, changeKey, raw, isRead, receivedAt, element }: StoredItem,
  fields: readonly string[],
): string {
  const has = (field: string): boolean => fields.includes(field);
  const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const headers = head.split(/\r\n(?![ \t])/).map((line) => /^([^:]*):\s*(.*)$/s.exec(line)?.slice(1) ?? [line]);
  const parts = [
    has('item:MimeContent') ? `<t:MimeContent CharacterSet="UTF-8">${raw.toString('base64')}</t:MimeContent>` : '',
    `<t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}"/>`,
    has('item:DateTimeReceived')
      ? `<t:DateTimeReceived>${new Date(receivedAt).toISOString()}</t:DateTimeReceived>`
      : '',
    has('item:Size') ? `<t:Size>${raw.length + 1000}</t:Size>` : '',
    has('item:InternetMessageHeaders')
      ? `<t:InternetMessageHeaders>${headers.map(([name = '', value = '']) => `<t:InternetMessageHeader HeaderName="${escapeXml(name)}">${escapeXml(value)}</t:InternetMessageHeader>`).join('')}</t:InternetMessageHeaders>`
      : '',
    has('message:IsRead') && !/^(Contact|Item|RoleMember|Network|Person)$/.test(element)
      ? `<t:IsRead>${isRead}</t:IsRead>`
      : '',
  ];
  return `<t:${element}>${parts.join('')}</t:${element}>`;
}
