from tests.architecture.test_every_url import *


def test_gen(place):
    district, samples = place
    clients = {by: Driver(district, None).client(by) for by in CAST}
    for name in sorted(set(names(get_resolver()))):
        if "logout" in name:
            continue
        try:
            address = address_of(name, samples)
        except Exception as e:
            print("ERR", name, repr(e)[:200], flush=True)
            continue
        st = {}
        for by, c in clients.items():
            try:
                st[by] = c.get(address).status_code
            except Exception as e:
                st[by] = 599
                print("EXC", name, by, repr(e)[:300])
        op = [by for by in CAST if st[by] in (200, 302)]
        ev = "everybody" if len(op) == len(CAST) else " ".join(op)
        v = Client().get(address)
        print(
            "ROW",
            f'    "{name}": "{ev}",',
            "#",
            sorted(set(st.values())),
            v.status_code,
            v.headers.get("Location", "")[:30],
            flush=True,
        )
