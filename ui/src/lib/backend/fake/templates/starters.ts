// A few templates as those that come with the program, and those that the fake world begins with.

import type { StarterTemplate, Template, TemplateVersion } from '../../types';

type Words = Record<'en' | 'ru' | 'uk', string>;
interface Starter {
  key: string;
  name: Words;
  category: Words;
  text: Words;
}

const greetings = { en: 'Greetings', ru: 'Приветствия', uk: 'Привітання' };
const payment = { en: 'Payment', ru: 'Оплата', uk: 'Оплата' };
const delivery = { en: 'Delivery', ru: 'Доставка', uk: 'Доставка' };

const all: readonly Starter[] = [
  {
    key: 'first_reply',
    name: { en: 'First reply', ru: 'Первый ответ', uk: 'Перша відповідь' },
    category: greetings,
    text: {
      en: 'Hello {first_name|there}, thank you for writing! My name is {account_name}. How can I help you?',
      ru: '{first_name|Здравствуйте}, спасибо, что написали! Меня зовут {account_name}. Чем могу помочь?',
      uk: '{first_name|Вітаю}, дякую, що написали! Мене звати {account_name}. Чим можу допомогти?',
    },
  },
  {
    key: 'out_of_hours',
    name: { en: 'Out of hours', ru: 'Нерабочее время', uk: 'Неробочий час' },
    category: greetings,
    text: {
      en: 'Hello {first_name|there}! We are closed now and will answer on the next working day. If it is urgent, please write __urgent__.',
      ru: '{first_name|Здравствуйте}, сейчас мы не работаем и ответим в ближайший рабочий день. Если вопрос срочный, напишите __срочно__.',
      uk: '{first_name|Вітаю}, зараз ми не працюємо й відповімо найближчого робочого дня. Якщо питання термінове, напишіть __терміново__.',
    },
  },
  {
    key: 'payment_details',
    name: { en: 'Payment details', ru: 'Реквизиты для оплаты', uk: 'Реквізити для оплати' },
    category: payment,
    text: {
      en: 'Here are the details for your payment:\n\nAmount: **…**\nAccount: `…`\nReference: `…`',
      ru: 'Реквизиты для оплаты:\n\nСумма: **…**\nСчёт: `…`\nНазначение: `…`',
      uk: 'Реквізити для оплати:\n\nСума: **…**\nРахунок: `…`\nПризначення: `…`',
    },
  },
  {
    key: 'payment_reminder',
    name: { en: 'Friendly payment reminder', ru: 'Напоминание об оплате', uk: 'Нагадування про оплату' },
    category: payment,
    text: {
      en: 'Hi {first_name|there}, a small reminder: your invoice of **…** is due on …. Thank you!',
      ru: '{first_name|Здравствуйте}, небольшое напоминание: счёт на **…** нужно оплатить до …. Спасибо!',
      uk: '{first_name|Вітаю}, невеличке нагадування: рахунок на **…** треба оплатити до …. Дякую!',
    },
  },
  {
    key: 'sent',
    name: { en: 'On its way', ru: 'Посылка отправлена', uk: 'Посилку надіслано' },
    category: delivery,
    text: {
      en: '{first_name|Hello}, your parcel is on its way! [Track it](https://example.org/track) by its number `…`.',
      ru: '{first_name|Здравствуйте}, ваша посылка уже в пути! [Отследить](https://example.org/track) её можно по номеру `…`.',
      uk: '{first_name|Вітаю}, ваша посилка вже в дорозі! [Відстежити](https://example.org/track) її можна за номером `…`.',
    },
  },
]; // prettier-ignore

const languages = ['en', 'ru', 'uk'] as const;

/** Those that come with the program, named in a language. */
export function starters(language: string): StarterTemplate[] {
  const naming = languages.find((one) => one === language) ?? 'en';
  return all.map(({ key, name, category, text }) => ({
    key,
    name: name[naming],
    category: category[naming],
    versions: languages.map((one): TemplateVersion => ({ language: one, body: text[one] })),
  }));
}

/** What the fake world begins with: some without a language, one with a field that few people have. */
export function seeded(): Omit<Template, 'id'>[] {
  const begun = starters('en').map(({ name, category, versions }, index) => ({
    name, category, versions: index % 2 ? versions.slice(0, 2) : versions, used: 0, used_ms: null,
  })); // prettier-ignore
  const segment = {
    name: 'Wholesale terms',
    category: '',
    versions: [{ language: 'en', body: 'Hi {first_name}, these are our terms for {price_list} customers: ||10 % off||.' }],
    used: 0,
    used_ms: null,
  }; // prettier-ignore
  return [...begun, segment];
}
