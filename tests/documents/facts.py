"""Facts as rooms above would give them."""

from datetime import UTC, datetime

from liaison.documents.codes import qr_svg

DATED = datetime(2022, 9, 1, 1, 30, tzinfo=UTC)
ADDRESS = "https://liaison.example.org/c/2022-1/"


def certificate(number=1, **more):
    return {
        "title": "聘书",
        "number": f"沿营监聘〔2022〕{number}号",
        "name": "王喆堃",
        "honorific": " 同志：",
        "paragraphs": ["兹聘请您为沿滩区营商环境监督员，聘期两年。"],
        "issuers": ["沿滩区营商环境建设局"],
        "date": "2022年9月1日",
        "qr": qr_svg(f"{ADDRESS}{number}"),
        "address": "扫码核验\nliaison.example.org",
    } | more


def certificates(*pages):
    return {"title": "聘书", "certificates": list(pages or [certificate()])}


def letter(**more):
    return {
        "title": "邀请函",
        "number": "沿企邀〔2022〕36号",
        "addressee": "沿滩精工公司：",
        "paragraphs": ["现诚邀贵公司出席。"],
        "details": [["时间", "9月16日7:30"], ["地点", "三楼\n第二会议室"]],
        "programme_title": "议程",
        "programme": [{"time": "7:30", "subject": "早餐"}],
        "reply": {"text": "请回复。", "address": ADDRESS, "qr": qr_svg(ADDRESS)},
        "senders": ["区政府办公室"],
        "date": "2022年9月1日",
    } | more


def cards(*names):
    return {"cards": [{"name": name, "firm": "沿滩精工公司", "title": "董事长", "seat": "A-03"} for name in names]}


def plan(shape, count):
    seats = [{"number": str(place + 1), "name": "王喆堃", "firm": "沿滩精工公司"} for place in range(count)]
    return {"title": "座次图", "shape": shape, "table": "会议桌", "seats": seats}
