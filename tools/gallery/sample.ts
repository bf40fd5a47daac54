/** What neighbours might have written: short, long, in mixed scripts; by the direction of the page. */

import { language } from '../../src/i18n/translate.ts'

interface Sample {
  title: string
  longTitle: string
  mixed: string
  details: string
  name: string
  area: string
  /** one word that no line holds */
  longWord: string
}

const arabic: Sample = {
  title: 'بطانيات لعائلة نازحة',
  longTitle: 'نقل جهاز غسيل الكلى من مستشفى اليرموك إلى بيت الحاج عبد الرزاق قبل أن ينقطع التيار مساء الخميس',
  mixed: 'شاحن Samsung A12 (USB-C) لأم عمر، 2 GB تكفي',
  details: 'وصلوا أمس بلا شيء، خمسة أطفال أصغرهم عمره سنتان. تكفي خمس بطانيات، والسادسة إن وجدت.',
  name: 'عبد الرحمن بن عبد العزيز الجبوري',
  area: 'شارع ١٢، خلف مدرسة النهضة',
  longWord: 'فأسقيناكموهاوسيستدرجونكموهافسيكفيكهم',
}

const english: Sample = {
  title: 'Blankets for a displaced family',
  longTitle:
    'Carry a dialysis machine from Yarmouk hospital to Abdul Razzaq’s house before Thursday’s power cut',
  mixed: 'A charger for أم عمر (Samsung A12), before الخميس',
  details: 'They came yesterday with nothing: five children, the youngest is two. Five blankets will do.',
  name: 'Konstantinos Papadimitriou-Hatzigeorgiou',
  area: '12th Street, behind Nahda school',
  longWord: 'Donaudampfschifffahrtsgesellschaftskapitän',
}

export const sample = (): Sample => (language.value === 'ar' || language.value === 'ckb' ? arabic : english)
