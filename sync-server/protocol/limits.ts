/** Every bound of the wire in one place; each is a rule of PROTOCOL.md. */

export const limits = {
  /** [R2] one element of a list */
  entryBytes: 16 * 1024,
  /** [R2] an update inside a POST or a packet */
  updateBytes: 1024 * 1024,
  /** [R2] an update on a live socket */
  liveUpdateBytes: 256 * 1024,
  /** [R2] a message on a live socket: an update with what stands before it */
  liveMessageBytes: 256 * 1024 + 16,
  /** [R21] entries in one update that the relay sends live */
  livePieceBytes: 64 * 1024,
  /** lists in one state vector */
  liveLists: 8192,
  /** [R23] messages of one live session in a second, and in one burst */
  liveMessagesPerSecond: 20,
  liveMessageBurst: 200,
  /** [R23] live sessions of one device */
  liveSessions: 8,
  /** [R20] longest silence of the relay on a live socket */
  liveReceiptMs: 20_000,
  /** [R4] entries verified for one session in a second, and in one burst */
  verifiesPerSecond: 200,
  verifyBurst: 2000,
  /** [R4] bad signatures, and malformed updates [R2], that end a session */
  strikes: 3,
  /** [R5] entries that an asker may write before being admitted */
  askerEntries: 4,
  /** devices that one statement names, and that one person has in use */
  devicesInStatement: 16,
  devicesOfPerson: 4,
  /** [R3] runs that wait on the phone for a gap or an author, for one network */
  parkedBytes: 4 * 1024 * 1024,
  /** generations of one device in one room */
  generations: 16,
  /** body of one POST */
  requestBytes: 4 * 1024 * 1024,
  /** frames of one answer when the client sets no maxBytes */
  answerBytes: 8 * 1024 * 1024,
  /** what a client on a slow link asks for */
  slowAnswerBytes: 64 * 1024,
  /** entries in one frame of an answer: a frame is what a cut connection can lose */
  frameBytes: 32 * 1024,
  roomsInRequest: 200,
  listsInRequest: 2000,
  updatesInRequest: 4096,
  /** [R32] ciphertext of one network on one relay */
  networkBytes: 64 * 1024 * 1024,
  /** [R32] ciphertext of one device on one relay */
  deviceBytes: 16 * 1024 * 1024,
  /** [R32] requests of one address in a second, and in one burst */
  requestsPerSecond: 20,
  requestBurst: 200,
  /** [R34] body of one POST about a code, and what is laid down under it */
  codeRequestBytes: 1200,
  codeBoxBytes: 600,
  /** [R34] look-ups of one address in a minute, and in one burst */
  codeFindsPerMinute: 10,
  /** [R34] codes of one network whose invites are open, and how long such an invite may last */
  codesOfNetwork: 200,
  codeLifetimeS: 31 * 24 * 3600,
  /** [R31] one sealed picture or voice note, the body that brings one, and how many are asked about at once */
  blobBytes: 512 * 1024,
  blobRequestBytes: 512 * 1024 + 512,
  blobsAsked: 200,
  /** what a phone brings or asks for at once, on a slow link and on others */
  slowBlobPartBytes: 16 * 1024,
  blobPartBytes: 128 * 1024,
  /** [R31] how long an upload may take */
  blobUploadMs: 7 * 24 * 3600 * 1000,
  /** [R32] what the smallest blob or part counts for: rows cost a relay too */
  blobCountedBytes: 1024,
  /** [R31] parts that an upload may come in, about */
  blobParts: 64,
  /** [R32] blobs of one network on one relay, and of one of its devices */
  networkBlobBytes: 256 * 1024 * 1024,
  deviceBlobBytes: 64 * 1024 * 1024,
  /** one packet from phone to phone: a month of a large network is a tenth of it */
  packetBytes: 8 * 1024 * 1024,
  tokenLifetimeS: 600,
  /** [R30] how far ahead of the relay's clock a month room may begin */
  roomAheadMs: 2 * 24 * 3600 * 1000,
  retentionMonths: 24,
} as const
