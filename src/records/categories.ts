/** What a need can be about: the key that is written, and the lucide icon that stands for it. */

/** Icon names are file names in lucide-static 1.62; the words are in `locales` under `cat.<key>`. */
export const categories = [
  { key: 'food', icon: 'utensils' },
  { key: 'medicine', icon: 'pill' },
  { key: 'health', icon: 'stethoscope' },
  { key: 'mental', icon: 'heart-handshake' },
  { key: 'winter', icon: 'snowflake' },
  { key: 'shelter', icon: 'house' },
  { key: 'water', icon: 'droplets' },
  { key: 'electricity', icon: 'zap' },
  { key: 'repair', icon: 'hammer' },
  { key: 'transport', icon: 'car' },
  { key: 'school', icon: 'book-open' },
  { key: 'children', icon: 'baby' },
  { key: 'elderly', icon: 'hand-heart' },
  { key: 'disability', icon: 'accessibility' },
  { key: 'work', icon: 'briefcase' },
  { key: 'legal', icon: 'scale' },
  { key: 'blood', icon: 'droplet' },
  { key: 'cleaning', icon: 'brush-cleaning' },
  { key: 'animals', icon: 'paw-print' },
  { key: 'reunion', icon: 'users' },
  { key: 'information', icon: 'circle-question-mark' },
  { key: 'other', icon: 'ellipsis' },
] as const

export type CategoryKey = (typeof categories)[number]['key']

export const categoryKeys: readonly CategoryKey[] = categories.map(({ key }) => key)
