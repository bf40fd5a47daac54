/** A quarter that is in use: neighbours in this process, by the real engine over the real relay, for screens to show. */

import { postToRelay } from '../../../src/sync/post.ts'
import messages from '../../fixtures/messages.json' with { type: 'json' }
import { type Line, Phone } from '../../support/phone.ts'

const hourMs = 3600_000

/** What somebody wrote in the chat, as the details of a need. */
const said = (start: string): string => {
  const found = messages.messages.find(({ text }) => text.startsWith(start))
  if (!found) throw new Error(`no message begins with «${start}»`)
  return found.text
}

export const lineTo = (origin: string): Line => ({
  post: (body, closing) => postToRelay(origin, body, closing),
})

export interface Neighbours {
  /** for whoever comes next; each admits ten phones */
  memberLink: string
  coordinatorLink: string
  /** all that the coordinator's phone in this process wrote and has read */
  zeinab: Phone
  /** somebody comes with a link that needs approval, and waits for an answer */
  ask(name: string): Promise<void>
  /** brings everybody's news to everybody */
  meet(): Promise<void>
  end(): Promise<void>
}

/** A phone whose app came from `origin`. */
export const startPhone = async (name: string, time: { ms: number }, origin: string): Promise<Phone> => {
  const phone = new Phone(name, time)
  phone.appOrigin = origin
  await phone.restart()
  return phone
}

const take = async (phone: Phone, title: string, amount = 1): Promise<string> => {
  const need = (await phone.rows('needs')).find((row) => row.title === title)
  const { recordId } = await phone.run({ type: 'claim.take', needId: String(need?.id), amount })
  if (!recordId) throw new Error('a claim has an id')
  return recordId
}

/** What the coordinator wrote in the days before there was a link. */
const writeEarlier = async (zeinab: Phone): Promise<void> => {
  const { time } = zeinab
  const nowMs = time.ms
  const at = (hoursAgo: number) => {
    time.ms = nowMs - hoursAgo * hourMs
  }
  at(74)
  await zeinab.found('شبكة حي الحرية')
  at(73)
  await zeinab.addNeed('كرسي متحرك', {
    category: 'disability',
    details: said('كرسي متحرك'),
    urgency: 'possible',
    area: 'الزقاق ٧',
    forWhom: 'other',
  })
  at(72)
  await zeinab.addNeed('حقائب مدرسية للصف الأول', {
    category: 'school',
    details: said('عدنا ٤٠'),
    urgency: 'week',
    quantity: 40,
    unit: 'حقيبة',
    area: 'مدرسة النهضة',
    forWhom: 'other',
  })
  await take(zeinab, 'كرسي متحرك')
  at(50)
  await zeinab.addNeed('غرفة لعائلة مهجرة، شهر واحد', {
    category: 'shelter',
    details: said('نريد غرفة'),
    area: 'حي ١ حزيران',
    forWhom: 'other',
  })
  at(38)
  await zeinab.addNeed('أوراق البطاقة الموحدة', {
    category: 'information',
    details: said('شنو اوراق'),
    urgency: 'possible',
    area: '',
  })
  at(30)
  const twice = await zeinab.addNeed('مدفأة نفطية', { category: 'winter', area: 'شارع ٩', forWhom: 'other' })
  await zeinab.run({ type: 'need.cancel', id: twice, reason: 'كُتبت مرتين' })
  at(26)
  await zeinab.addNeed('ماء للزقاق السابع', {
    category: 'water',
    details: said('اكو احد'),
    area: 'الزقاق ٧',
    forWhom: 'other',
  })
  at(5)
  await zeinab.addNeed('إنسولين لانتوس لأم عمر', {
    category: 'medicine',
    details: said('ضروري جدا'),
    area: 'قرب جامع النور',
    forWhom: 'other',
    contact: { name: 'أم عمر', address: 'البيت الثالث بعد جامع النور', phone: '0770 123 4567' },
  })
  at(3)
  await zeinab.addNeed('بطانيات لعائلة نازحة', {
    category: 'winter',
    urgency: 'week',
    quantity: 6,
    unit: 'بطانية',
    area: 'شارع ١٢',
    details: 'خمسة أطفال أعمارهم من ٤ إلى ١١ سنة، وصلوا أمس',
    forWhom: 'other',
    contact: { name: 'أبو سارة', address: 'فوق صيدلية الشفاء', phone: '0780 555 6677' },
  })
  time.ms = nowMs
}

const comeIn = async (zeinab: Phone, origin: string): Promise<Phone[]> => {
  const link = await zeinab.invite(50)
  const names = ['هێوا', 'أبو علي', 'Ayşe Türkmen', 'Mehmet Kerküklü', 'د. ليلى', 'Élodie', 'سعاد بنت الحاج']
  const phones: Phone[] = []
  for (const name of names) {
    const phone = await startPhone(name, zeinab.time, origin)
    phone.line = lineTo(origin)
    await phone.join(link)
    phones.push(phone)
  }
  return phones
}

const writeNow = async (phones: readonly Phone[]): Promise<void> => {
  const [hewa, abuAli, ayse, mehmet, leila, elodie, suad] = phones
  if (!hewa || !abuAli || !ayse || !mehmet || !leila || !elodie || !suad) throw new Error('seven came in')
  await suad.addNeed('حليب أطفال رقم ٢', {
    category: 'children',
    details: said('حليب اطفال'),
    urgency: 'week',
    quantity: 4,
    unit: 'علبة',
    area: 'شارع ٩',
    forWhom: 'household',
  })
  await mehmet.addNeed('İngilizce öğretmeni, 6. sınıf', {
    category: 'school',
    urgency: 'possible',
    area: 'Tisin Mahallesi',
    details: 'Haftada iki saat, evde internet yok',
  })
  await abuAli.addNeed('ممرضة لإبرة كل ١٢ ساعة', {
    category: 'health',
    details: said('محتاجين ممرضة'),
    area: 'الشارع ٤',
    forWhom: 'household',
  })
  await hewa.addNeed('دزەکردنی گاز لە چێشتخانە', {
    category: 'repair',
    area: 'شارع ١٢',
    forWhom: 'household',
  })

  await take(hewa, 'بطانيات لعائلة نازحة', 2)
  const brought = await take(leila, 'أوراق البطاقة الموحدة')
  await leila.run({ type: 'claim.done', id: brought })
  const going = await take(abuAli, 'ماء للزقاق السابع')
  await abuAli.run({ type: 'claim.onWay', id: going })
  await take(ayse, 'ماء للزقاق السابع')
  await take(elodie, 'حقائب مدرسية للصف الأول', 15)

  await abuAli.run({
    type: 'offer.add',
    kind: 'transport',
    title: 'سيارة بيك أب',
    details: 'مساء كل يوم بعد الدوام، داخل الحي',
    area: 'شارع ١٢',
    schedule: { type: 'standing', days: [6, 0, 2], from: '17:00', to: '21:00' },
    contact: { name: '', address: '', phone: '0770 987 6543' },
  })
  await leila.run({
    type: 'offer.add',
    kind: 'skill',
    title: 'استشارة طبية للأطفال',
    details: 'مجاناً، بالهاتف أو في البيت',
    area: '',
    remote: true,
    minutes: 30,
    schedule: { type: 'standing', days: [5], from: '10:00', to: '12:00' },
  })
  await elodie.run({
    type: 'offer.add',
    kind: 'goods',
    title: 'Manteaux d’enfants',
    details: '4 à 9 ans, propres',
    area: 'الشارع ٤',
    quantity: 12,
    unit: 'قطعة',
    schedule: { type: 'standing', days: [0, 1, 2, 3, 4, 5, 6], from: '09:00', to: '20:00' },
  })
}

/** The relay at `origin` is empty before. */
export const settleNeighbours = async (origin: string): Promise<Neighbours> => {
  const time = { ms: Date.now() }
  const zeinab = await startPhone('زينب', time, origin)
  await writeEarlier(zeinab)
  zeinab.line = lineTo(origin)
  const phones = await comeIn(zeinab, origin)
  await writeNow(phones)
  const all = [zeinab, ...phones]
  const asking: Phone[] = []
  const meet = async () => {
    // twice: what the last one brings reaches the first
    for (const phone of [...all, ...all]) await phone.exchange()
  }
  await meet()
  return {
    memberLink: await zeinab.invite(10),
    coordinatorLink: await zeinab.invite(10, 'coordinator'),
    zeinab,
    ask: async (name) => {
      const phone = await startPhone(name, time, origin)
      phone.line = lineTo(origin)
      asking.push(phone)
      await phone.join(await zeinab.invite(1, 'member', true))
      await phone.exchange()
    },
    meet,
    end: async () => {
      for (const phone of [...all, ...asking]) await phone.end()
    },
  }
}
