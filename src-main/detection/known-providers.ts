import { z } from 'zod';
import { type Provider, providerSchema } from '../../src-shared/domain/provider.ts';
import directory from './provider-directory.json' with { type: 'json' };

/**
 * Facts about providers, as data. A host may hold `<domain>`: the domain of the address. A domain may begin with `*.`: any level below it.
 * Providers without domains serve their customers' own: they are picked by hand and remembered.
 */
export const knownProviders: readonly Provider[] = z.array(providerSchema).parse(directory);
