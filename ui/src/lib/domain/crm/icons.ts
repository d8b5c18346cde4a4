// Icons that a status may have. They are kept by name.

import Ban from '@lucide/svelte/icons/ban';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import Check from '@lucide/svelte/icons/check';
import Circle from '@lucide/svelte/icons/circle';
import CircleAlert from '@lucide/svelte/icons/circle-alert';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import CreditCard from '@lucide/svelte/icons/credit-card';
import FileText from '@lucide/svelte/icons/file-text';
import Flag from '@lucide/svelte/icons/flag';
import Handshake from '@lucide/svelte/icons/handshake';
import Heart from '@lucide/svelte/icons/heart';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Loader from '@lucide/svelte/icons/loader';
import Package from '@lucide/svelte/icons/package';
import Pause from '@lucide/svelte/icons/pause';
import Phone from '@lucide/svelte/icons/phone';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Star from '@lucide/svelte/icons/star';
import ThumbsDown from '@lucide/svelte/icons/thumbs-down';
import ThumbsUp from '@lucide/svelte/icons/thumbs-up';
import Truck from '@lucide/svelte/icons/truck';
import X from '@lucide/svelte/icons/x';
import Zap from '@lucide/svelte/icons/zap';

const icons = {
  sparkles: Sparkles, loader: Loader, hourglass: Hourglass, check: Check, x: X, circle: Circle,
  star: Star, flag: Flag, heart: Heart, zap: Zap, phone: Phone, pause: Pause, ban: Ban,
  'circle-alert': CircleAlert, 'circle-help': CircleHelp, 'calendar-clock': CalendarClock,
  'credit-card': CreditCard, 'file-text': FileText, package: Package, truck: Truck,
  handshake: Handshake, 'thumbs-up': ThumbsUp, 'thumbs-down': ThumbsDown,
}; // prettier-ignore

/** Names of all icons, in the order in which they are offered. */
export const statusIcons = Object.keys(icons);

/** The icon of a name; a plain circle for one that this version does not know. */
export function statusIcon(name: string): typeof Circle {
  return Object.hasOwn(icons, name) ? icons[name as keyof typeof icons] : Circle;
}
