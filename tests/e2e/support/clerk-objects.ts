// What Clerk's frontend API says about an instance with e-mail and password, and about its one person.
const at = Date.UTC(2026, 0, 1)

const off = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  second_factors: [],
}
const attribute = (name: string) => ({ ...off, name, verifications: [], verify_at_sign_up: false })

const signInAttributes = {
  email_address: {
    ...attribute('email_address'),
    enabled: true,
    required: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    verifications: ['email_code'],
  },
  password: { ...attribute('password'), enabled: true, required: true },
}
const otherAttributes = [
  'phone_number',
  'username',
  'first_name',
  'last_name',
  'web3_wallet',
  'authenticator_app',
  'backup_code',
  'passkey',
]

const organizationSettings = {
  enabled: true,
  max_allowed_memberships: 5,
  force_organization_selection: false,
  actions: { admin_delete: false },
  domains: { enabled: false, enrollment_modes: [], default_role: null },
  slug: { disabled: false },
  organization_creation_defaults: { enabled: false },
}

export const clerkEnvironment = {
  object: 'environment',
  id: 'env_1',
  maintenance_mode: false,
  auth_config: {
    object: 'auth_config',
    id: 'aconf_1',
    single_session_mode: true,
    claimed_at: null,
    reverification: false,
  },
  display_config: {
    object: 'display_config',
    id: 'dconf_1',
    application_name: 'Callboard',
    instance_environment_type: 'development',
    branded: false,
    captcha_widget_type: null,
    captcha_public_key: null,
    preferred_sign_in_strategy: 'password',
    theme: {},
    sign_in_url: '',
    sign_up_url: '',
    home_url: '',
    after_sign_in_url: '',
    after_sign_up_url: '',
    after_sign_out_all_url: '',
    after_sign_out_one_url: '',
    after_switch_session_url: '',
    show_devmode_warning: false,
  },
  user_settings: {
    attributes: {
      ...signInAttributes,
      ...Object.fromEntries(otherAttributes.map((name) => [name, attribute(name)])),
    },
    social: {},
    saml: { enabled: false },
    enterprise_sso: { enabled: false },
    sign_in: { second_factor: { required: false, enabled: false } },
    sign_up: { captcha_enabled: false, mode: 'restricted', progressive: true, legal_consent_enabled: false },
    password_settings: { min_length: 8, max_length: 72, disable_hibp: true, allowed_special_characters: '' },
    passkey_settings: { allow_autofill: false, show_sign_in_button: false },
    actions: { delete_self: false, create_organization: false },
    attack_protection: {
      user_lockout: {},
      pii: { enabled: false },
      enumeration_protection: { enabled: false },
    },
    username_settings: { min_length: 4, max_length: 64 },
  },
  organization_settings: organizationSettings,
  commerce_settings: { billing: { user: { enabled: false }, organization: { enabled: false } } },
  api_keys_settings: { enabled: false },
}

export const organization = {
  object: 'organization',
  id: 'org_lone_star',
  name: 'Lone Star Roofing',
  slug: 'lone-star',
  image_url: '',
  has_image: false,
  members_count: 1,
  pending_invitations_count: 0,
  max_allowed_memberships: 5,
  admin_delete_enabled: false,
  public_metadata: {},
  created_at: at,
  updated_at: at,
}

const publicData = {
  first_name: 'Mia',
  last_name: 'Castro',
  image_url: '',
  has_image: false,
  identifier: 'mia@example.com',
  user_id: 'user_mia',
}

export const person = {
  claims: { name: 'Mia Castro', email: 'mia@example.com' },
  publicData,
  user: {
    object: 'user',
    id: 'user_mia',
    first_name: 'Mia',
    last_name: 'Castro',
    image_url: '',
    has_image: false,
    primary_email_address_id: 'idn_1',
    email_addresses: [
      {
        object: 'email_address',
        id: 'idn_1',
        email_address: 'mia@example.com',
        verification: { status: 'verified', strategy: 'password' },
        linked_to: [],
      },
    ],
    phone_numbers: [],
    web3_wallets: [],
    external_accounts: [],
    enterprise_accounts: [],
    passkeys: [],
    saml_accounts: [],
    organization_memberships: [
      {
        object: 'organization_membership',
        id: 'orgmem_1',
        role: 'org:admin',
        role_name: 'Admin',
        permissions: [],
        public_metadata: {},
        public_user_data: publicData,
        organization,
        created_at: at,
        updated_at: at,
      },
    ],
    password_enabled: true,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    create_organization_enabled: false,
    delete_self_enabled: false,
    public_metadata: {},
    unsafe_metadata: {},
    last_sign_in_at: at,
    created_at: at,
    updated_at: at,
  },
}
