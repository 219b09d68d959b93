"""Who may take which step with money, and with the papers that money needs."""

MONEY = """
F0 propose: FM
F1 open: FIN
F1a refuse: FIN
F2 record-appropriation: FM → FIN
F2a record-opening-balance: FIN → LDR
F2b amend-appropriation: FM → FIN
F3 receive-contribution: CSH → REC
F4 pledge-contribution: DEP → FM
F4a withdraw-pledge: DEP → FM
F5 apply-allocation-rule: FM → FIN
F6 transfer: FIN → LDR
F7 freeze: OVS
F7a unfreeze: OVS, LDR
F8 reverse-entry: FM → FIN
F9 close-day: SYS
F9a close-period: FIN → REC
F10 carry-over: FIN → LDR
F10a lapse-authority: FIN → LDR
F10b close-year: FIN → REC
F11 start-closing: FIN
F11a close: FIN → LDR
F11b reopen: FIN → LDR
F13 return-money: CSH → FIN
F14 declare-left-over: FIN → LDR
F15 record-interest: CSH → REC
F16 record-bank-fee: CSH → REC
F17 park-receipt: CSH → REC
F18 send-back-receipt: CSH → FIN
F19 assign-receipt: FIN → REC

G2 sign-agreement: LEG → DIS, SUB
G3 activate: FM → FIN
G5 report-progress: APP
G6 accept-costs: FM → FIN
G7 question-cost: EVL, FM, FIN
G8 allow-cost: FIN
G8a disallow-cost: FIN
G10 suspend: FM, OVS
G11 resume: FM, OVS
G12 open-midterm: SYS
G12a submit-midterm: APP
G12b record-midterm: EVL
G13 fail-midterm: EVL, SYS
G14 end-period: SYS
G15 submit-final: LEG
G15a return-final: EVL, FM
G16 evaluate-final: EVL
G17 record-audit: FIN
G17a waive-audit: FIN → LDR
G18 settle: FM → FIN
G19 close: DIS, SUB
G20 close-unilaterally: FIN → LDR
G21 propose-termination: LDR, LEG
G21a terminate: FM → LDR
G21b drop-termination: LDR
G23 record-refund: CSH → REC
G26 record-post-closeout: FIN → LDR
G27 publish-result: DIS, SUB
G28 cancel: LEG, LDR, SYS
G29 record-match: APP → FM
G30 record-visit: FM, SUB, COM, EVL
G31 change-payee: LEG → FIN

M1 request: LEG, FM
M2 approve: FM → FIN | FM → LDR
M3 refuse: FM
M4 withdraw: LEG, SYS

K0 order: FIN → LDR
K1 record-repayment: CSH → REC
K2 close: FIN
K3 write-off: FIN → LDR
K4 record-late-recovery: CSH → REC
K5 withdraw: LDR

T1 make-eligible: SYS
T2 request: APP
T3 check: FM
T4 approve: FIN | FIN → LDR
T4r return-request: FM, FIN, APP
T5 send: CSH
T6 confirm: REC
T7 record-bank-return: REC
T7b record-late-return: REC
T7c retry: FIN
T8 reconcile: REC
T9 hold: FIN, OVS
T9a cancel: FIN, OVS
T9b release: FIN, OVS

C1 open: FA → SUB
C3 pay-out: FA → LEG
C4 return: FA → REC
C5 charge-agent: FIN → LDR
C7 close: FA → SUB

Q1 draft: FM, SEC
Q1a draft-fee: FM, SEC
Q2 approve: FM → FIN
Q3 sign: DIS, SUB
Q4 accept-delivery: FM → FIN
Q4a undo-acceptance: FIN
Q5 send: CSH
Q6 confirm: REC
Q6a record-bank-return: REC
Q6b record-late-return: REC
Q7 close: REC
Q8 cancel: FIN

I0 record: ADM

Y1 publish: DIS → LDR
Y2 supersede: DIS → LDR
Y3 grant: LDR, DIS
Y4 end: LDR, DIS, SYS
Y5 store: any
Y6 redact: OVS
Y7 close: OVS

J1 admit: ADM
J2 grant-role: ADM
J3 withdraw-role: ADM
J4 sign-in: SYS
J5 change-credentials: SYS
J6 release: ADM
J7 erase: ADM
J8 consent: anybody
J9 withdraw-consent: anybody

L1 record: ADM
L2 rename: ADM
L3 close: ADM
"""
"""Row, command and roles, one a line, copied by hand from the tables of the domain."""
