"""Who may take which step from a call to an award, and who looks at it again."""

SELECTION = """
W2 approve: second
W3 decline: second
W4 withdraw: preparer
W5 expire: SYS

O1 start-filing: anybody
O1a start-filing-for: COM
O2 request-filing: LEG
O3 return-filing: COM, SUB
O3a abandon-filing: APP, SYS
O4 pass-first-check: COM
O5 approve-filing: SUB
O6 reject-filing: SUB
O7 request-change: LEG
O7a approve-change: SUB, DIS | SUB, DIS → SUB, DIS
O7b refuse-change: SUB, DIS
O7c accept-agency: LEG
O8 start-upgrade: LEG
O8a confirm-registration: DIS
O8b abandon-upgrade: LEG, DIS
O9 import: DIS
O9a import-filed: DIS
O10 submit-annual-check: LEG
O10a conclude-annual-check: SUB, DIS
O11 record-credit: DIS, OVS
O11a place-on-list: DIS, OVS
O11b remove-from-list: DIS, SYS
O12 suspend: DIS
O12a reinstate: DIS
O13 request-deregistration: LEG, DIS
O13a confirm-deregistration: SUB, DIS
O13b drop-deregistration: DIS
O14 grade: DIS
O14a lower-grade: DIS
O15 record-health-check: EVL, COM
O16 record-inspection: SUB, DIS, OVS
O17 start-incubation: SUB, DIS
O17a end-incubation: SUB, DIS

R1 plan: SEC
R2 allot-budget: FM → FIN
R2a allot-from-parent: FM → FIN
R2b add-budget: FM → FIN
R3 publish-call: DIS, SUB
R4 open: SYS
R5 extend-deadline: DIS, SUB
R5a ask-question: APP
R5b publish-clarification: SEC
R6 close-intake: SYS
R7 start-review: SEC
R7a allocate: CHR → LDR
R8 fix-ranking: CHR → LDR
R9 publish-notice: DIS, SUB
R9b publish-supplementary-notice: DIS, SUB
R10 conclude-notice: SYS
R11 start-execution: SYS
R12 close: DIS, SUB
R13 cancel: LDR

S1 draft: APP
S2 edit: APP
S3 submit: APP → LEG
S3a take-back: LEG
S3b consent: LEG
S4 take-intake: SEC
S5 return-for-correction: SEC
S6 resubmit: APP → LEG
S7 lapse: SYS
S8 reject-intake: SEC → SEC
S9 pass-budget-check: FIN
S10 admit: SEC
S11 record-score: SYS
S12 ask-optimisation: SEC
S12a submit-optimised: APP → LEG
S13 propose-award: CHR → LDR
S14 waitlist: CHR
S15 decline: CHR
S16 promote: LDR
S20 revoke-award: LDR
S21 confirm-award: LDR
S22 withdraw: LEG
S25 disqualify: OVS → LDR
S26 expire-draft: SYS
S27 expire-wait: SYS
S28 lapse-optimisation: SYS

V0 create: SEC, DIS
V0a add-expert: SEC, DIS
V0b change-expert: SEC, DIS
V0c remove-expert: SEC, DIS
V0d close: SEC, DIS
V1 draw: SEC → OVS
V1b assign-reviews: SEC → OVS
V2 invite: SEC
V2a accept: REV
V2b refuse-invitation: REV, SYS
V3 request-recusal: REV, SEC
V3a recuse: OVS, REV
V3b refuse-recusal: OVS
V3c ask-recusal: APP
V3d pass-on-request: SYS
V4 replace: SEC | SEC → OVS
V5 start-scoring: REV
V5a submit-score: REV
V6 lock: CHR
V7 reopen: CHR → OVS
V8 require-third-review: SYS
V9 hold-deliberation: CHR

B1 file: anybody
B2 accept: OVS, DIS
B2a refuse: OVS, DIS
B3 investigate: OVS, DIS
B4 uphold: OVS, DIS
B5 dismiss: OVS, DIS
B6 notify: OVS, DIS

X1 file: LEG
X2 admit: DIS
X2a refuse: DIS
X3 hear: DIS
X4 grant: LDR
X5 deny: LDR
X6 withdraw: LEG
X7 notify: DIS

D1 tip: anybody
D1a dismiss-tip: OVS
D1b adopt-tip: OVS
D2 raise: AUD, OVS, EVL
D3 respond: owner
D4 order-rectification: OVS, LDR
D5 rectify: owner
D6 verify: AUD, OVS
D7 escalate: AUD, OVS, SYS
D7a return-to-owner: OVS, LDR
D7b hand-over: LDR

U1 use: LDR → OVS
"""
"""Row, command and roles, one a line, copied by hand from the tables of the domain."""
