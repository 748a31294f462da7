//! Owns the words that made-up controls are put together from. Must not hold logic.

/// Code, name and titles of a domain.
pub(super) type Domain = (&'static str, &'static str, &'static [&'static str]);

pub(super) const DOMAINS: &[Domain] = &[
    (
        "AC",
        "Access Control",
        &[
            "Account management",
            "Least privilege",
            "Separation of duties",
            "Remote access",
            "Session termination",
            "Access enforcement",
            "Unsuccessful log-on attempts",
        ],
    ),
    (
        "AU",
        "Audit and Accountability",
        &[
            "Event logging",
            "Content of audit records",
            "Audit record retention",
            "Response to audit logging failures",
            "Protection of audit information",
            "Time stamps",
        ],
    ),
    (
        "BC",
        "Business Continuity",
        &[
            "Contingency plan",
            "Contingency plan testing",
            "Alternate processing site",
            "System backup",
            "Recovery and reconstitution",
        ],
    ),
    (
        "CM",
        "Configuration Management",
        &[
            "Baseline configuration",
            "Configuration change control",
            "Impact analyses",
            "Least functionality",
            "System component inventory",
            "User-installed software",
        ],
    ),
    (
        "CR",
        "Cryptography",
        &[
            "Key establishment and management",
            "Encryption of data at rest",
            "Encryption of data in transit",
            "Certificate renewal",
        ],
    ),
    (
        "HR",
        "Human Resources Security",
        &[
            "Personnel screening",
            "Personnel termination",
            "Access agreements",
            "Security awareness training",
            "Role-based training",
        ],
    ),
    (
        "IA",
        "Identification and Authentication",
        &[
            "Multi-factor authentication",
            "Authenticator management",
            "Identifier management",
            "Re-authentication",
        ],
    ),
    (
        "IR",
        "Incident Response",
        &[
            "Incident handling",
            "Incident monitoring",
            "Incident reporting",
            "Incident response plan",
            "Lessons learned",
        ],
    ),
    (
        "PE",
        "Physical Protection",
        &[
            "Physical access authorisations",
            "Visitor access records",
            "Emergency power",
            "Fire protection",
        ],
    ),
    (
        "PR",
        "Privacy",
        &[
            "Notice and consent",
            "Data subject requests",
            "Records of processing",
            "Data minimisation",
        ],
    ),
    (
        "RA",
        "Risk Assessment",
        &[
            "Risk assessment",
            "Vulnerability monitoring and scanning",
            "Risk response",
            "Criticality analysis",
        ],
    ),
    (
        "SD",
        "Secure Development",
        &[
            "Code review",
            "Dependency updates",
            "Static analysis",
            "Separation of environments",
            "Release approval",
        ],
    ),
    (
        "SI",
        "System Integrity",
        &[
            "Flaw remediation",
            "Malicious code protection",
            "System monitoring",
            "Information input validation",
        ],
    ),
    (
        "TP",
        "Third Parties",
        &[
            "Supplier assessments",
            "Supplier agreements",
            "Monitoring of suppliers",
            "Termination of a supplier",
        ],
    ),
];

pub(super) const QUALIFIERS: &[&str] = &[
    "",
    " for privileged users",
    " in production",
    " for remote staff",
    " on mobile devices",
    " in cloud accounts",
    " for service accounts",
    " on removable media",
    " during maintenance",
    " at the disaster recovery site",
    " for contractors",
];

pub(super) const EVIDENCE: &[&str] = &[
    "a quarterly review by the system owner is recorded",
    "an automated report is kept and sampled each month",
    "changes need the approval of two people",
    "the procedure is published and acknowledged once a year",
    "exceptions are registered with an end date",
    "alerts reach the person on call within fifteen minutes",
    "the configuration is compared with its baseline every night",
    "tickets show who asked, who decided and when",
];

pub(super) const MOTIVES: &[&str] = &[
    "Failures are reported to the control owner.",
    "Results are discussed in the security committee.\nActions are followed until they are closed.",
    "Applies to all systems that hold customer data.",
    "The evidence is renewed before the external audit.",
    "See the standard for details.",
];

pub(super) const NOTES: &[&str] = &[
    "Reviewed with the system owner; no findings.",
    "Waiting for the new directory service.\nUntil then checked by hand.",
    "Evidence moved to the shared folder in March.",
    "Partly inherited from the cloud provider.",
    "See the exceptions register, entries 14 and 17.",
];

/// Given name and surname; made up.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("Morgan", "Reyes"),
    ("Zoë", "van der Berg"),
    ("Łukasz", "Wójcik"),
    ("Ana", "Ibáñez"),
    ("Nguyễn", "Thảo"),
    ("Siobhán", "O'Dwyer"),
    ("Priya", "Raghunathan"),
    ("Jan", "Kowalski"),
    ("Ειρήνη", "Νικολάου"),
    ("Kwame", "Mensah"),
    ("Freya", "Sørensen"),
];

pub(super) const SCOPES: &[&str] = &["Europe", "North America", "Payments platform", "Data centre Dublin"];
