/** Room set aside while there is some: given back when the disk is full, so that the save in hand still succeeds. */

export interface Ballast {
  /** True when it made room. */
  free(): Promise<boolean>
  /** Sets it aside (again): `there`, or `tight` where the disk has not room for many times as much; `none` in browsers that cannot. */
  keep(): Promise<'there' | 'tight' | 'none'>
}
