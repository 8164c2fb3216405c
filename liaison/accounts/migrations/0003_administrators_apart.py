"""The three administrators hold no other duty, and nobody who holds one stands in for others: the database says so too."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_is_administrator(duty text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT duty IN ('system_admin', 'security_admin', 'audit_admin') $$;

CREATE FUNCTION accounts_posting_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- the lock makes two postings of one person wait for each other: each sees the other
  PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM accounts_posting p
    WHERE p.user_id = NEW.user_id AND p.id IS DISTINCT FROM NEW.id
      AND p.from_on <= COALESCE(NEW.to_on, 'infinity') AND COALESCE(p.to_on, 'infinity') >= NEW.from_on
      AND p.duty <> NEW.duty
      AND (accounts_is_administrator(p.duty) OR accounts_is_administrator(NEW.duty))
  ) THEN
    RAISE EXCEPTION 'an administrator holds no other duty' USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_administrators_apart';
  END IF;
  IF accounts_is_administrator(NEW.duty) AND EXISTS (
    SELECT 1 FROM accounts_substitution s
    WHERE s.substitute_id = NEW.user_id
      AND s.from_on <= COALESCE(NEW.to_on, 'infinity') AND s.to_on >= NEW.from_on
  ) THEN
    RAISE EXCEPTION 'an administrator stands in for nobody' USING ERRCODE = 'check_violation', CONSTRAINT = 'substitution_administrators_apart';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER posting_apart BEFORE INSERT OR UPDATE ON accounts_posting
  FOR EACH ROW EXECUTE FUNCTION accounts_posting_apart();

CREATE FUNCTION accounts_substitution_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM accounts_user WHERE id = NEW.substitute_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM accounts_posting p
    WHERE p.user_id = NEW.substitute_id AND accounts_is_administrator(p.duty)
      AND p.from_on <= NEW.to_on AND COALESCE(p.to_on, 'infinity') >= NEW.from_on
  ) THEN
    RAISE EXCEPTION 'an administrator stands in for nobody' USING ERRCODE = 'check_violation', CONSTRAINT = 'substitution_administrators_apart';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER substitution_apart BEFORE INSERT OR UPDATE ON accounts_substitution
  FOR EACH ROW EXECUTE FUNCTION accounts_substitution_apart();
"""
BACKWARD = """
DROP TRIGGER substitution_apart ON accounts_substitution;
DROP TRIGGER posting_apart ON accounts_posting;
DROP FUNCTION accounts_substitution_apart();
DROP FUNCTION accounts_posting_apart();
DROP FUNCTION accounts_is_administrator(text);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sign_in")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
