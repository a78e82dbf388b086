document.addEventListener("click",function(e){var a=e.target.closest(".has>a");if(a){e.preventDefault();var u=a.nextElementSibling;u.style.display=u.style.display==="block"?"none":"block"}});
var i=0;setInterval(function(){var s=document.querySelectorAll(".carousel .item");if(!s.length)return;s[i].className="item";i=(i+1)%s.length;s[i].className="item active"},6000);
