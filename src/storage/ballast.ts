/** Room set aside while there is some: given back when the disk is full, so that the save in hand still succeeds. */

export interface Ballast {
  /** True when it made room. */
  free(): Promise<boolean>
  /** Sets it aside (again) where the disk has room for many times as much; true when it lies there. */
  keep(): Promise<boolean>
}
