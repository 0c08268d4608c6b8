import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Language } from '../../src-shared/domain/settings.ts';
import { createTranslate, type Translate } from '../../src-shared/i18n/i18n.ts';

interface Texts {
  readonly language: Language;
  readonly translate: Translate;
}

const TextContext = createContext<Texts | null>(null);

/** Everything below it speaks `language`; a new one is spoken at once, without a reload. */
export function TextProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const texts = useMemo(() => ({ language, translate: createTranslate(language) }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <TextContext.Provider value={texts}>{children}</TextContext.Provider>;
}

function useTexts(): Texts {
  const texts = useContext(TextContext);
  if (!texts) throw new Error('no TextProvider above this component');
  return texts;
}

/** `const t = useText()`, then `t('mailboxes.title')`. */
export function useText(): Translate {
  return useTexts().translate;
}

export function useLanguage(): Language {
  return useTexts().language;
}
