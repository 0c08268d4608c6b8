import type { Address } from '../../src-shared/domain/message.ts';
import { visibleLine } from './visible-text.ts';

export function person(address: Address | null): string {
  if (!address) return '';
  return visibleLine(address.name === '' ? address.address : `${address.name} <${address.address}>`);
}

export function people(addresses: readonly Address[]): string {
  return addresses.map(person).join(', ');
}
