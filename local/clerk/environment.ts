/** The answer of `GET /v1/environment`: what the sign-in components may show and ask for. */
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.ts'

const absent = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [] as string[],
  used_for_second_factor: false,
  second_factors: [],
  verifications: [],
  verify_at_sign_up: false,
}

const attributes = {
  // Immutable: there is no mail to confirm another address by, so the profile offers none.
  email_address: { ...absent, enabled: true, required: true, used_for_first_factor: true, immutable: true },
  password: { ...absent, enabled: true, required: true },
  first_name: { ...absent, enabled: true },
  last_name: { ...absent, enabled: true },
  username: absent,
  phone_number: absent,
  web3_wallet: absent,
  passkey: absent,
  authenticator_app: absent,
  backup_code: absent,
  ticket: { ...absent, enabled: true },
}

export function encodeEnvironment(instanceId: string, signUpOpen: boolean) {
  return {
    object: 'environment',
    id: instanceId,
    auth_config: {
      object: 'auth_config',
      id: instanceId,
      single_session_mode: true,
      claimed_at: null,
      reverification: false,
      preferred_channels: null,
    },
    display_config: {
      object: 'display_config',
      id: instanceId,
      application_name: 'Nightshift (local)',
      instance_environment_type: 'production',
      // The strip "Development mode": nobody should take a local sign-in for the real service.
      show_devmode_warning: true,
      branded: false,
      preferred_sign_in_strategy: 'password',
      sign_in_url: '/sign-in',
      sign_up_url: '/sign-up',
      after_sign_in_url: '/',
      after_sign_up_url: '/',
      after_sign_out_all_url: '/sign-in',
      after_sign_out_one_url: '/sign-in',
      after_switch_session_url: '/',
      user_profile_url: '/',
      home_url: '/',
      logo_image_url: null,
      favicon_image_url: null,
      captcha_public_key: null,
      captcha_widget_type: null,
      captcha_provider: null,
      terms_url: null,
      privacy_policy_url: null,
      support_email: null,
      theme: {},
    },
    user_settings: {
      attributes,
      // Empty on purpose: the pictures of providers are remote.
      social: {},
      enterprise_sso: { enabled: false },
      saml: { enabled: false },
      sign_up: {
        mode: signUpOpen ? 'public' : 'restricted',
        progressive: true,
        captcha_enabled: false,
        legal_consent_enabled: false,
        mfa: { required: false },
      },
      sign_in: { second_factor: { required: false, enabled: false } },
      password_settings: {
        min_length: MIN_PASSWORD_LENGTH,
        max_length: MAX_PASSWORD_LENGTH,
        disable_hibp: true,
        show_zxcvbn: false,
        min_zxcvbn_strength: 0,
        require_lowercase: false,
        require_uppercase: false,
        require_numbers: false,
        require_special_char: false,
        allowed_special_characters: '',
      },
      username_settings: { min_length: 4, max_length: 64 },
      passkey_settings: { allow_autofill: false, show_sign_in_button: false },
      actions: { delete_self: true, create_organization: false, create_organizations_limit: null },
    },
    organization_settings: { enabled: false },
    commerce_settings: { billing: { user: { enabled: false }, organization: { enabled: false } } },
    api_keys_settings: { enabled: false },
    maintenance_mode: false,
  }
}
