// Icons that a saved view may have. They are kept by name.

import Bookmark from '@lucide/svelte/icons/bookmark';
import Briefcase from '@lucide/svelte/icons/briefcase';
import Calendar from '@lucide/svelte/icons/calendar';
import Clock from '@lucide/svelte/icons/clock';
import Flag from '@lucide/svelte/icons/flag';
import Folder from '@lucide/svelte/icons/folder';
import Gift from '@lucide/svelte/icons/gift';
import Heart from '@lucide/svelte/icons/heart';
import List from '@lucide/svelte/icons/list';
import Moon from '@lucide/svelte/icons/moon';
import Package from '@lucide/svelte/icons/package';
import Phone from '@lucide/svelte/icons/phone';
import ShoppingCart from '@lucide/svelte/icons/shopping-cart';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Star from '@lucide/svelte/icons/star';
import Tag from '@lucide/svelte/icons/tag';
import Truck from '@lucide/svelte/icons/truck';
import Users from '@lucide/svelte/icons/users';
import Wallet from '@lucide/svelte/icons/wallet';
import Zap from '@lucide/svelte/icons/zap';
import { m } from '$lib/messages';

const icons = {
  list: List, star: Star, flag: Flag, bookmark: Bookmark, heart: Heart, zap: Zap, sparkles: Sparkles,
  tag: Tag, users: Users, briefcase: Briefcase, 'shopping-cart': ShoppingCart, package: Package,
  truck: Truck, wallet: Wallet, gift: Gift, phone: Phone, calendar: Calendar, clock: Clock, moon: Moon,
  folder: Folder,
}; // prettier-ignore
export type ViewIcon = keyof typeof icons;

const names: Record<ViewIcon, () => string> = {
  list: m.icon_list, star: m.icon_star, flag: m.icon_flag, bookmark: m.icon_bookmark,
  heart: m.icon_heart, zap: m.icon_zap, sparkles: m.icon_sparkles, tag: m.icon_tag,
  users: m.icon_users, briefcase: m.icon_briefcase, 'shopping-cart': m.icon_cart,
  package: m.icon_package, truck: m.icon_truck, wallet: m.icon_wallet, gift: m.icon_gift,
  phone: m.icon_phone, calendar: m.icon_calendar, clock: m.icon_clock, moon: m.icon_moon,
  folder: m.icon_folder,
}; // prettier-ignore

/** Names of all icons, in the order in which they are offered. */
export const savedViewIcons = Object.keys(icons) as ViewIcon[];

/** What an icon shows, for those who do not see it. */
export function iconName(icon: ViewIcon): string {
  return names[icon]();
}

/** The icon of a name; a list for one that this version does not know. */
export function savedViewIcon(name: string): typeof List {
  return Object.hasOwn(icons, name) ? icons[name as ViewIcon] : List;
}
