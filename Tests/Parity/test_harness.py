"""That the check itself can fail: its parts, by themselves."""

import unittest

from parity import abnf, compare, filters, normalize
from parity.recorder import Canned, Exchange, Recorder


def request(**changes):
    exchange = dict(
        method="GET", target="/api/data/v9.2/accounts", body=b"",
        headers=[("x-ms-client-request-id", "5a1b2c3d-0000-4000-8000-00000000000f"), ("User-Agent", "a/1 (app=x)")],
    )
    return normalize.requests([Exchange(**{**exchange, **changes})])


def differences(left, right):
    return [difference.where for difference in compare.exchanges("s", left, right)]


class Normalizing(unittest.TestCase):
    def test_what_has_no_meaning_makes_no_difference(self):
        one = request(target="/a?$select=x,y&$filter=(a%20eq%201%20and%20contains(b,%20'x'))&$orderby=a%20asc")
        other = request(target="/a?%24filter=a+eq+1.0+and+contains(b,'x')&$orderby=a&$select=y%2Cx")
        self.assertEqual(differences(one, other), [])

    def test_everything_else_does(self):
        for changes in [
            {"method": "POST"}, {"target": "/api/data/v9.2/Accounts"}, {"target": "/api/data/v9.2/accounts?$top=1"},
            {"headers": [("User-Agent", "b/2 (app=x)"), ("x-ms-client-request-id", "5a1b2c3d-0000-4000-8000-00000000000e"), ("If-Match", "*")]},
            {"headers": [("User-Agent", "a/1 (app=y)"), ("x-ms-client-request-id", "5a1b2c3d-0000-4000-8000-00000000000f")]},
            {"headers": [("User-Agent", "a/1 (app=x)"), ("x-ms-client-request-id", "no GUID")]},
            {"body": b"x"},
        ]:
            self.assertNotEqual(differences(request(), request(**changes)), [], changes)

    def test_bodies_are_compared_as_json(self):
        def body(text):
            return request(method="POST", headers=[("Content-Type", "application/json")], body=text)

        self.assertEqual(differences(body(b'{"a":1,"b":[1.0]}'), body(b'{"b":[1],"a":1e0}')), [])
        for text in [b'{"a":true,"b":[1]}', b'{"a":"1","b":[1]}', b'{"a":1}', b'{"a":1,"b":[1,1]}', b'{"a":1,"b":null}']:
            self.assertNotEqual(differences(body(b'{"a":1,"b":[1]}'), body(text)), [], text)

    def test_batches_are_compared_part_by_part(self):
        def batch(boundary, line):
            content = f'--{boundary}\r\nContent-Type: application/http\r\n\r\n{line} HTTP/1.1\r\nA: b\r\n\r\n{{"a":1}}\r\n--{boundary}--\r\n'
            return request(
                method="POST", headers=[("Content-Type", f'multipart/mixed; boundary="{boundary}"')],
                body=content.encode(),
            )

        self.assertEqual(differences(batch("x", "GET {root}/a?$top=1"), batch("y", "GET {root}/a?%24top=1")), [])
        self.assertNotEqual(differences(batch("x", "GET {root}/a"), batch("y", "GET {root}/b")), [])

    def test_calls_and_requests_are_told_apart(self):
        first, second = "5a1b2c3d-0000-4000-8000-00000000000f", "5a1b2c3d-0000-4000-8000-00000000000e"

        def two(call, identifier):
            def exchange(call, identifier):
                headers = [("x-ms-correlation-id", call), ("x-ms-client-request-id", identifier)]
                return Exchange("GET", "/a", headers, b"")

            return normalize.requests([exchange(first, first), exchange(call, identifier)])

        self.assertEqual(differences(two(first, second), two(first, second)), [])
        self.assertNotEqual(differences(two(first, second), two(second, second)), [])
        self.assertNotEqual(differences(two(first, second), two(first, first)), [])


class Filters(unittest.TestCase):
    def test_parentheses_that_change_the_meaning_are_kept(self):
        self.assertEqual(filters.canonical("(a eq 1) and (b eq 2 and c eq 3)"), filters.canonical("a eq 1 and b eq 2 and c eq 3"))
        self.assertNotEqual(filters.canonical("(a eq 1 or b eq 2) and c eq 3"), filters.canonical("a eq 1 or b eq 2 and c eq 3"))
        self.assertNotEqual(filters.canonical("not (a eq 1) and b eq 2"), filters.canonical("not (a eq 1 and b eq 2)"))
        self.assertNotEqual(filters.canonical("a eq 'x'"), filters.canonical("a eq 'X'"))
        self.assertEqual(filters.canonical("a eq eq"), ["eq", "a", "eq"])
        self.assertEqual(filters.canonical("not a filter ("), "not a filter (")


class Meant(unittest.TestCase):
    def test_a_row_that_does_not_occur_is_stale(self):
        row = compare.Meant("why", "request", ["s"], "GET *", "absent", None)
        difference = compare.Difference("s", "request", "GET /a", "absent")
        self.assertEqual(compare.unlisted([difference], [row], "sync"), [])
        self.assertEqual(len(row.stale()), 1)
        self.assertEqual(compare.unlisted([difference], [row], "async"), [])
        self.assertEqual(row.stale(), [])
        for other in [
            compare.Difference("t", "request", "GET /a", "absent"),
            compare.Difference("s", "outcome 1", "GET /a", "absent"),
            compare.Difference("s", "request", "POST /a", "absent"),
            compare.Difference("s", "request", "GET /a", "GET /b"),
        ]:
            self.assertEqual(compare.unlisted([other], [row], "sync"), [other])


class Replies(unittest.TestCase):
    def test_a_reply_is_used_once_and_in_order(self):
        recorder = Recorder([Canned("GET a*", json=3, always=True)])
        recorder.begin([Canned("GET a(*)", json=1), Canned("GET a(*)?x=*", json=2)])
        get = lambda target: recorder.reply(Exchange("GET", "/api/data/v9.2/" + target, [], b"")).json
        self.assertEqual([get("a(%271%27)?x=%201"), get("a('1')?x=+1"), get("a('1')?x=1"), get("ab")], [1, 2, 3, 3])
        self.assertEqual(recorder.reply(Exchange("GET", "/api/data/v9.2/b", [], b"")).status, 501)
        self.assertEqual(recorder.end()[1], ["GET b?"])


class Grammars(unittest.TestCase):
    def test_every_alternative_is_tried(self):
        grammar = abnf.Grammar('word = 1*ALPHA ; letters\npair = word "-" word\n     / word\nends = *"a" "ab" %s"C" [ 2DIGIT ]\n')
        for text, rule, accepted in [
            ("a-b", "pair", True), ("ab", "pair", True), ("a-", "pair", False), ("aaabC", "ends", True),
            ("abc", "ends", False), ("abC12", "ends", True), ("abC1", "ends", False), ("", "word", False),
        ]:
            self.assertEqual(grammar.accepts(text, rule), accepted, text)


if __name__ == "__main__":
    unittest.main()
